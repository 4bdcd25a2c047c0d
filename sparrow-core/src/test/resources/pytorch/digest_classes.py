"""Prints what a network class has in its state_dict: the number of tensors, and a checksum of their names, types and shapes."""

import hashlib


def digest(module):
    lines = sorted(f"{name} {tensor.dtype} {list(tensor.shape)}\n" for name, tensor in module.state_dict().items())
    return {"tensors": len(lines), "sha256": hashlib.sha256("".join(lines).encode()).hexdigest()}
