"""Hyper-parameters of parts: ``loss__delta`` for the field `delta` of the loss."""

from dataclasses import fields, is_dataclass, replace

from sklearn.base import BaseEstimator

from .names import as_loss

__all__ = ["HasParts"]


class HasParts(BaseEstimator):
    """An estimator whose parameters may be dataclasses, with fields to be searched over."""

    def get_params(self, deep=True):
        """Return the parameters by name, with `deep` the fields of loss, penalty and optimizer."""
        params = super().get_params(deep=deep)
        for name in list(params) if deep else ():
            part = self._part(name)
            params |= {f"{name}__{key}": getattr(part, key) for key in _keys(part)}
        return params

    def set_params(self, **params):
        """Set parameters; ``loss__delta=2`` gives the loss another `delta`.

        Raises
        ------
        ValueError
            If there is no such parameter, or it is out of its range.
        """
        super().set_params(**{name: v for name, v in params.items() if "__" not in name})
        changes = {}
        for name, value in params.items():
            if "__" in name:
                part, key = name.split("__", 1)
                changes.setdefault(part, {})[key] = value
        for name, change in changes.items():
            part = self._part(name)
            for key in change.keys() - _keys(part):
                raise ValueError(
                    f"Invalid parameter {f'{name}__{key}'!r} for estimator {self}: {part!r} has "
                    f"{', '.join(_keys(part)) or 'no parameters'}"
                )
            setattr(self, name, replace(part, **change))
        return self

    def _part(self, name):
        part = getattr(self, name, None)
        if name != "loss" or not isinstance(part, str):
            return part
        try:
            return as_loss(part)
        except ValueError:
            return part  # not a name: `fit` says so, as scikit-learn wants it


def _keys(part):
    """Return the names of the fields that can be given."""
    named = is_dataclass(part) and not isinstance(part, type)
    return [field.name for field in fields(part) if field.init] if named else []
