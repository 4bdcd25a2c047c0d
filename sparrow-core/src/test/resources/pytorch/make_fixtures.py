"""Writes the checkpoints of this folder and expected.json. Needs torch and numpy: python make_fixtures.py"""

import collections
import io
import json
import os
import zipfile

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
DTYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]


def content():
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    tensors = collections.OrderedDict()
    for dtype in DTYPES:
        tensors[str(dtype)] = torch.tensor([0, 1, 1, 0, 1, 0]).reshape(2, 3).to(dtype)
    tensors["half.values"] = torch.tensor([0.0, -0.0, 6e-8, -6e-5, 1.5, 65504.0, float("inf")], dtype=torch.float16)
    tensors["bfloat.values"] = torch.tensor([1e-40, -3.140625, 1e38], dtype=torch.bfloat16)
    tensors["base"] = base
    tensors["transposed"] = base.t()
    tensors["sliced"] = base[1:4:2, 1:5:3]
    tensors["expanded"] = base[:, :1].expand(4, 3)
    tensors["permuted"] = torch.arange(24.0).reshape(2, 3, 4).permute(2, 0, 1)
    tensors["scalar"] = torch.tensor(7)
    tensors["empty"] = torch.zeros(0, 3)
    tensors["parameter"] = torch.nn.Parameter(torch.tensor([-1.0, 2.0]))
    return tensors


def saved():
    return {
        "epoch": 3,
        "best_ra": 51.5,
        "state_dict": content(),
        "dtype": torch.float32,
        "size": torch.Size([2, 3]),
        "numpy": numpy.float64(0.25),
        "scheduler": {"milestones": collections.Counter([100, 150]), "flags": (True, None, "text")},
    }


class Evil:
    def __reduce__(self):
        return os.system, ("true",)


class Located:
    """torch.save as on a machine with a GPU: only the place's name differs."""

    def __enter__(self):
        self.tag = torch.serialization.location_tag
        torch.serialization.location_tag = lambda storage: "cuda:0"

    def __exit__(self, *_):
        torch.serialization.location_tag = self.tag


def odd():
    """What may stand in a checkpoint beside ordinary tensors."""
    tensors = collections.OrderedDict()
    tensors["uint16"] = torch.tensor([0, 1, 65535], dtype=torch.uint16)
    tensors["uint32"] = torch.tensor([0, 1, 4294967295], dtype=torch.uint32)
    tensors["uint64"] = torch.tensor([0, 1, 9007199254740992], dtype=torch.uint64)
    tensors["float8_e5m2"] = torch.tensor([0.0, -0.0, 1.5, -57344.0, 2.0**-16, float("inf")]).to(torch.float8_e5m2)
    tensors["float8_e4m3fn"] = torch.tensor([0.0, -0.0, 1.125, -448.0, 2.0**-9, 0.0068359375]).to(torch.float8_e4m3fn)
    tensors["uint16.view"] = torch.arange(12, dtype=torch.int32).to(torch.uint16).reshape(3, 4)[1:, 1:3]
    annotated = torch.tensor([1.0, 2.0])
    annotated.note = "a text"
    tensors["attributes"] = annotated
    parameter = torch.nn.Parameter(torch.tensor([3.0]))
    parameter.group = 1
    tensors["parameter"] = parameter
    flat = torch.arange(1000.0)
    tensors["flat.first"] = flat[:10]
    tensors["flat.last"] = flat[990:].reshape(2, 5).t()
    return tensors


def opaque():
    return {
        "complex64": torch.zeros(2, dtype=torch.complex64),
        "complex128": torch.zeros(2, dtype=torch.complex128),
        "float8_e4m3fnuz": torch.zeros(2).to(torch.float8_e4m3fnuz),
        "negated or conjugated": torch.tensor([1 + 2j]).conj().imag,
        "sparse": torch.eye(2).to_sparse(),
        "without storage (meta)": torch.zeros(2, device="meta"),
        "quantised": torch.quantize_per_tensor(torch.zeros(2), 0.1, 0, torch.qint8),
    }


def save_odd(name, **how):
    beside = {
        "device": torch.device("cuda", 1),
        "cpu": torch.device("cpu"),
        "default": collections.defaultdict(list, {"a": [1]}),
        "set": {7},
        "counts": numpy.arange(3, dtype=numpy.uint16),
    }
    with Located():
        torch.save({"state_dict": odd(), "opaque": opaque(), "beside": beside}, os.path.join(HERE, name), **how)


def values(tensors):
    return {
        name: {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "values": [str(v) for v in tensor.detach().double().flatten().tolist()]}
        for name, tensor in tensors.items()
    }


def save_parts():
    """Wrapped and nested weights of a ResNet-18 of width 1, of which there are two; and weights of a type that no network has."""
    few = {"conv1.weight": torch.ones(1, 3, 3, 3), "linear.bias": torch.zeros(10, dtype=torch.float16)}
    wrapped = {f"module.model.{name}": tensor for name, tensor in few.items()}
    teacher = {"conv1.weight": torch.zeros(2, 3, 3, 3)}
    content = {"net": teacher, "model": {"state_dict": wrapped, "epoch": 5}, "arch": "preact", "best": numpy.float64(50.25)}
    torch.save(content, os.path.join(HERE, "nested.pt"))
    torch.save({"model": {**few, "linear.weight": torch.zeros(10, 8, dtype=torch.complex64)}}, os.path.join(HERE, "complex.pt"))


def main():
    save_parts()
    save_odd("odd.pt")
    save_odd("odd-stream.pt", _use_new_zipfile_serialization=False)
    torch.save(saved(), os.path.join(HERE, "values.pt"))
    torch.save(saved(), os.path.join(HERE, "values-stream.pt"), _use_new_zipfile_serialization=False)
    torch.save({"a": Evil()}, os.path.join(HERE, "evil.pt"))
    torch.save({"a": Evil()}, os.path.join(HERE, "evil-stream.pt"), _use_new_zipfile_serialization=False)
    buffer = io.BytesIO()
    torch.save({"a": torch.zeros(2)}, buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(os.path.join(HERE, "deflated.pt"), "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    expected = values(content())
    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")
    with open(os.path.join(HERE, "odd.json"), "w") as file:
        json.dump(values(odd()), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
