"""Loads written.pt, which io.PyTorchWriter wrote, and saves it again as rewritten.pt. Needs torch: python check_written.py"""

import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    path = os.path.join(HERE, "written.pt")
    loaded = torch.load(path, weights_only=True)
    mapped = torch.load(path, weights_only=True, mmap=True, map_location="cpu")
    state = loaded["state_dict"]
    assert list(state) == ["w", "n", "m"], list(state)
    assert state["w"].tolist() == [[1.5, 0, 0], [0, 0, -2]] and state["w"].dtype == torch.float32
    assert state["n"].item() == 7 and state["n"].dtype == torch.int64
    assert state["m"].tolist() == [True, False, True]
    assert all(torch.equal(tensor, mapped["state_dict"][name]) for name, tensor in state.items())
    assert loaded["about"] == {"arch": "gr\u00fcn", "big": 4294967296, "list": [0.5, True, False, None]}, loaded["about"]
    torch.save(loaded, os.path.join(HERE, "rewritten.pt"))


if __name__ == "__main__":
    main()
