"""What a planted fault is made of, and how it is found."""

import numpy as np

import lossbook as lb


class Right(lb.HalfSquaredError):
    """A correct loss to spoil."""

    def _facts(self):
        return {**super()._facts(), "estimate": np.mean}


def claims(base: type[lb.Loss], **facts: object) -> type[lb.Loss]:
    """Make a loss that computes what `base` computes and says something else of itself."""

    def _facts(self):
        return {**base._facts(self), **facts}

    return type(f"{base.__name__}With{'And'.join(facts)}", (base,), {"_facts": _facts})


def assert_found(spoiled, name: str, says: str) -> None:
    """`check_loss` finds the fault, under the name of the property it breaks, and says so."""
    report = lb.check_loss(spoiled())
    assert not report
    found = {finding.name: finding.detail for finding in report.failures}
    assert name in found, repr(report)
    assert says in found[name]
