"""Writes the TorchScript models of this folder and expected.json. Needs torch: python make_models.py"""

import io
import json
import os
import sys
import warnings
import zipfile

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "pytorch"))
import make_networks  # noqa: E402


class Features(nn.Module):
    """Two convolutions and a mean: for images of any size."""

    def __init__(self, outputs: int = 10):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 6, 3, stride=2, padding=1)
        self.linear = nn.Linear(6, outputs)

    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return 20 * self.linear(hidden.mean((2, 3)))


class ControlFlow(Features):
    """What tracing cannot record: a loop and a branch that depend on the values."""

    def forward(self, x):
        bright = x
        steps = 0
        while bool(bright.mean() < 1.0) and steps < 3:
            bright = bright * 1.5
            steps += 1
        hidden = torch.relu(self.second(torch.relu(self.first(bright))))
        logits = self.linear(hidden.mean((2, 3)))
        if bool(logits.sum() > 0):
            logits = 2 * logits
        return logits


class Normalized(Features):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.4914, 0.4822, 0.4465]).reshape(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor([0.2470, 0.2435, 0.2616]).reshape(1, 3, 1, 1))

    def forward(self, x):
        x = (x - self.mean) / self.std
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return self.linear(hidden.mean((2, 3)))


class Training(Features):
    """Saved in training mode, where it answers at random and its statistics move."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(4)
        self.dropout = nn.Dropout(0.5)
        self.norm.running_mean.uniform_(-0.3, 0.3)
        self.norm.running_var.uniform_(0.5, 2)

    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.norm(self.first(x)))))
        return self.linear(self.dropout(hidden.mean((2, 3))))


class Double(Features):
    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x.double()))))
        return self.linear(hidden.mean((2, 3)))


class BFloat(Features):
    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return self.linear(hidden.mean((2, 3))).to(torch.bfloat16)


class InPlace(Features):
    """Writes into its images."""

    def forward(self, x):
        x.sub_(0.5)
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return self.linear(hidden.mean((2, 3)))


class OneHot(Features):
    """A label alone: nothing to differentiate."""

    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        label = self.linear(hidden.mean((2, 3))).argmax(1)
        return torch.nn.functional.one_hot(label, 10).float()


class NoGrad(Features):
    def forward(self, x):
        with torch.no_grad():
            hidden = torch.relu(self.second(torch.relu(self.first(x))))
            logits = self.linear(hidden.mean((2, 3)))
        return logits


class Rounded(Features):
    """Has a gradient, which is zero everywhere: a masked one."""

    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(torch.round(x * 7) / 7))))
        return 20 * self.linear(hidden.mean((2, 3)))


class Labels(Features):
    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return (1000 * self.linear(hidden.mean((2, 3)))).long()


class Pair(Features):
    def forward(self, x):
        hidden = torch.relu(self.second(torch.relu(self.first(x))))
        return self.linear(hidden.mean((2, 3))), hidden


class Spatial(Features):
    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


class Refusing(Features):
    def forward(self, x):
        if x.size(2) != 224:
            raise ValueError("images of 224 pixels only")
        return self.linear(self.second(self.first(x)).mean((2, 3)))


def images(side):
    return (torch.arange(2 * 3 * side * side) * 37 % 101 / 100.0).reshape(2, 3, side, side)


def direction():
    return (torch.arange(20) * 7 % 11 / 11.0 - 0.4).reshape(2, 10)


def products(model):
    """Logits, and the gradient of their product with a fixed direction, of two images of 8 pixels a side."""
    x = images(8).requires_grad_()
    logits = model(x).float()
    (gradient,) = torch.autograd.grad((logits * direction()).sum(), x)
    return {"logits": logits.flatten().tolist(), "gradient": gradient.flatten().tolist()}


def save(name, module, extra=None):
    """Without the tables that map code to lines of source files: they hold paths of the machine."""
    buffer = io.BytesIO()
    torch.jit.save(module, buffer, _extra_files=extra or {})
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(os.path.join(HERE, name + ".pt"), "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                fresh = zipfile.ZipInfo(entry.filename.replace("archive/", name + "/", 1))
                target.writestr(fresh, source.read(entry), entry.compress_type)


def made(kind, *arguments):
    torch.manual_seed(3)
    return kind(*arguments)


def main():
    expected = {}
    traced = made(Features).eval()
    save("traced", torch.jit.trace(traced, images(8)))
    expected["traced"] = products(traced)
    frozen = made(Training).eval()
    save("frozen", torch.jit.freeze(torch.jit.script(frozen)))
    expected["frozen"] = products(frozen)
    in_place = made(InPlace).eval()
    save("in-place", torch.jit.script(in_place))
    expected["in-place"] = products(lambda x: in_place(x.clone()))
    for name, kind in {"control-flow": ControlFlow, "normalized": Normalized, "bfloat": BFloat}.items():
        model = made(kind).eval()
        save(name, torch.jit.script(model), {"notes.txt": "an entry of its own"} if name == "control-flow" else None)
        expected[name] = products(model)
    double = made(Double).double().eval()
    save("double", torch.jit.script(double))
    expected["double"] = products(double)
    training = made(Training)
    save("training", torch.jit.script(training.train()))
    expected["training"] = products(training.eval())
    for name, kind in {"one-hot": OneHot, "no-grad": NoGrad, "rounded": Rounded, "labels": Labels, "pair": Pair, "spatial": Spatial, "refusing": Refusing}.items():
        save(name, torch.jit.script(made(kind).eval()))
    save("seven", torch.jit.script(made(Features, 7).eval()))
    network = make_networks.network()
    save("network", torch.jit.trace(network, images(32)))
    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(expected, file)
        file.write("\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
