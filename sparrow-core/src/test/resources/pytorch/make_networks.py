"""Writes checkpoints of a pre-activation ResNet-18 of width 1 and networks.json. Needs torch: python make_networks.py"""

import json
import os

import torch
from torch import nn
from torch.nn.utils import prune

HERE = os.path.dirname(os.path.abspath(__file__))


class Block(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        if stride != 1 or channels != width:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False))

    def forward(self, x):
        activated = torch.relu(self.bn1(x))
        branch = self.conv2(torch.relu(self.bn2(self.conv1(activated))))
        return branch + (self.shortcut(activated) if hasattr(self, "shortcut") else x)


class Normalize(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.4914, 0.4822, 0.4465]))
        self.register_buffer("std", torch.tensor([0.2470, 0.2435, 0.2616]))

    def forward(self, x):
        return (x - self.mean[:, None, None]) / self.std[:, None, None]


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.normalize = Normalize()
        self.conv1 = nn.Conv2d(3, 1, 3, 1, 1, bias=False)
        channels = 1
        for stage, width in enumerate([1, 2, 4, 8]):
            blocks = []
            for index in range(2):
                blocks.append(Block(channels, width, 2 if stage and not index else 1))
                channels = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.bn = nn.BatchNorm2d(channels)
        self.linear = nn.Linear(channels, 10)

    def forward(self, x):
        x = self.conv1(self.normalize(x))
        for stage in range(4):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.linear(torch.relu(self.bn(x)).mean((2, 3)))


def network():
    torch.manual_seed(5)
    net = Network()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.2, 0.2)
            module.running_mean.uniform_(-0.3, 0.3)
            module.running_var.uniform_(0.5, 2)
            module.num_batches_tracked.fill_(7)
    return net.eval()


def prunable(net):
    return {name: module for name, module in net.named_modules() if isinstance(module, (nn.Conv2d, nn.Linear))}


def masks(net):
    generator = torch.Generator().manual_seed(11)
    return {f"{name}.weight": (torch.rand(module.weight.shape, generator=generator) < 0.5).float() for name, module in prunable(net).items()}


def as_the_reference_saves(net, image):
    """What main_adv.py of the reference stores after an epoch of Flying Bird+, with one weight that just grew: active and zero."""
    mask = {f"{name}": value for name, value in masks(net).items()}
    grown = mask["layer4.1.conv2.weight"].flatten().nonzero()[5]
    for name, module in prunable(net).items():
        module.weight.data = module.weight.data * mask[f"{name}.weight"]
    net.layer4[1].conv2.weight.data.view(-1)[grown] = 0.0
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=5e-4)
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[100, 150])
    with torch.enable_grad():
        torch.nn.functional.cross_entropy(net(image), torch.tensor([3])).backward()
    for parameter in net.parameters():
        optimizer.state[parameter]["momentum_buffer"] = parameter.grad.clone()
    decay = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.5)
    stepper = torch.optim.lr_scheduler.CosineAnnealingLR(decay, 100, 0.005)
    numbered = {f"{name}_{i}": mask[name] for i, (name, _) in enumerate(net.named_parameters()) if name in mask}
    return {
        "best_sa": 71.25,
        "best_ra": 43.5,
        "epoch": 12,
        "state_dict": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "iter_step": 4224,
        "result": {
            "train_acc": [30.5, 41.0], "val_sa": [60.0, 71.25], "val_ra": [35.0, 43.5], "test_sa": [59.0, 70.0], "test_ra": [34.0, 43.0],
            "g_norm": [], "rc_ratio": [], "grad_cs": [], "sparsity": 49.2, "total_fired_weights": 0.61, "best_ra_epoch": 11,
            "prune_epochs": [4], "growth_epochs": [],
        },
        "mask_info": {
            "lossinfo": [1.5, 1.25], "train_val_diff": [-4.5, -2.5], "prune_epochs": [4], "growth_epochs": [], "masks": numbered,
            "name2death_rate": {name: 0.25 for name in numbered}, "decay": (decay.state_dict(), stepper.state_dict()),
        },
    }


def main():
    image = (torch.arange(3 * 32 * 32) * 37 % 101 / 100.0).reshape(1, 3, 32, 32)
    net = network()
    state = net.state_dict()
    expected = {"dense": net(image).tolist()[0]}
    torch.save(state, os.path.join(HERE, "plain.pt"))
    named = {f"{name}_{index}": mask for index, (name, mask) in enumerate(masks(net).items())}
    reference = {"epoch": 7, "best_ra": 51.5, "state_dict": {f"module.{k}": v for k, v in state.items()}, "mask_info": {"masks": named}}
    torch.save(reference, os.path.join(HERE, "reference.pth.tar"), _use_new_zipfile_serialization=False)
    trained = network()
    torch.save(as_the_reference_saves(trained, image), os.path.join(HERE, "checkpoint.pth.tar"), _use_new_zipfile_serialization=False)
    expected["checkpoint"] = trained(image).tolist()[0]
    for name, module in prunable(net).items():
        prune.custom_from_mask(module, "weight", masks(network())[f"{name}.weight"])
    expected["masked"] = net(image).tolist()[0]
    expected["active"] = int(sum(mask.sum() for mask in masks(network()).values()))
    torch.save({"net": net.state_dict()}, os.path.join(HERE, "pruned.pt"))
    with open(os.path.join(HERE, "networks.json"), "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    with torch.no_grad():
        main()
