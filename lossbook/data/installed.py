"""Real data sets that are part of installed packages; nothing is downloaded."""

from .dataset import Dataset

__all__ = ["breast_cancer", "diabetes", "digits", "engel", "stackloss"]


def _scikit_learn():
    try:
        from sklearn import datasets
    except ImportError as error:
        raise ImportError(
            "this data set is part of scikit-learn: pip install scikit-learn"
        ) from error
    return datasets


def _statsmodels():
    try:
        import statsmodels.datasets as datasets
    except ImportError as error:
        raise ImportError(
            "this data set is part of statsmodels: pip install statsmodels"
        ) from error
    return datasets


def diabetes() -> Dataset:
    """Return 442 diabetes patients: ten baseline measurements, and the disease a year later.

    The features are in their original units, so they differ in scale by a factor of a
    hundred: a good reason to `standardise`.

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004), "Least Angle Regression",
    Annals of Statistics, 407–499; copy in scikit-learn (``load_diabetes``).

    Examples
    --------
    >>> diabetes()
    Dataset(442 samples, 10 features → progression)
    """
    bunch = _scikit_learn().load_diabetes(scaled=False)
    return Dataset(
        X=bunch.data,
        y=bunch.target,
        feature_names=tuple(bunch.feature_names),
        target_name="progression",
        source=(
            "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani (2004), Least Angle Regression, "
            "Annals of Statistics, 407–499; from scikit-learn"
        ),
        description=(
            "Age, sex, body mass index, average blood pressure and six blood serum "
            "measurements of diabetes patients; the target is a quantitative measure of "
            "disease progression one year after baseline."
        ),
        units={"age": "years"},
    )


def digits() -> Dataset:
    """Return 1,797 handwritten digits, images of 8 × 8 pixels with values from 0 to 16.

    References
    ----------
    E. Alpaydin and C. Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI
    Machine Learning Repository; copy of its test part in scikit-learn (``load_digits``).

    Examples
    --------
    >>> digits()
    Dataset(1797 samples, 64 features → digit, 10 classes)
    """
    bunch = _scikit_learn().load_digits()
    return Dataset(
        X=bunch.data,
        y=bunch.target,
        feature_names=tuple(bunch.feature_names),
        target_name="digit",
        source=(
            "E. Alpaydin, C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI "
            "Machine Learning Repository; test part, from scikit-learn"
        ),
        description=(
            "Bitmaps of 32 × 32 pixels, divided into blocks of 4 × 4 whose set pixels were "
            "counted: 8 × 8 numbers from 0 to 16, row by row.  Written by 13 people."
        ),
        units=dict.fromkeys(bunch.feature_names, "set pixels of 16"),
        classes=tuple(str(c) for c in bunch.target_names),
    )


def breast_cancer() -> Dataset:
    """Return 569 breast masses: thirty measurements of cell nuclei, and the diagnosis.

    Class 0 is malignant and class 1 benign, as in scikit-learn.

    References
    ----------
    W. H. Wolberg, W. N. Street and O. L. Mangasarian (1995), Breast Cancer Wisconsin
    (Diagnostic), UCI Machine Learning Repository; copy in scikit-learn
    (``load_breast_cancer``).

    Examples
    --------
    >>> breast_cancer()
    Dataset(569 samples, 30 features → diagnosis, 2 classes)
    """
    bunch = _scikit_learn().load_breast_cancer()
    return Dataset(
        X=bunch.data,
        y=bunch.target,
        feature_names=tuple(str(name) for name in bunch.feature_names),
        target_name="diagnosis",
        source=(
            "W. H. Wolberg, W. N. Street, O. L. Mangasarian (1995), Breast Cancer Wisconsin "
            "(Diagnostic), UCI Machine Learning Repository; from scikit-learn"
        ),
        description=(
            "Ten properties of the cell nuclei in a digitised image of a fine needle "
            "aspirate; of each the mean, the standard error and the mean of the three "
            "largest values."
        ),
        classes=tuple(str(c) for c in bunch.target_names),
    )


def stackloss() -> Dataset:
    """Return 21 days of a plant that turns ammonia into nitric acid: a classic with outliers.

    References
    ----------
    K. A. Brownlee (1965), Statistical Theory and Methodology in Science and Engineering,
    2nd edition, Wiley; copy in statsmodels.

    Examples
    --------
    >>> stackloss()
    Dataset(21 samples, 3 features → stack loss)
    """
    frame = _statsmodels().stackloss.load_pandas().data
    return Dataset(
        X=frame[["AIRFLOW", "WATERTEMP", "ACIDCONC"]].to_numpy(float),
        y=frame["STACKLOSS"].to_numpy(float),
        feature_names=("air flow", "water temperature", "acid concentration"),
        target_name="stack loss",
        source=(
            "K. A. Brownlee (1965), Statistical Theory and Methodology in Science and "
            "Engineering, 2nd edition, Wiley; from statsmodels"
        ),
        description=(
            "Rate of operation, temperature of the cooling water and concentration of the "
            "acid on 21 days; the target is the ammonia that escapes unabsorbed."
        ),
        units={
            "acid concentration": "10 × (acid concentration − 50)",
            "stack loss": "tenths of a per cent of the ammonia",
        },
    )


def engel() -> Dataset:
    """Return income and food expenditure of 235 Belgian working-class households, 1857.

    The spread of the expenditure grows with the income, which a line through the mean does
    not show and a fan of quantiles does.

    References
    ----------
    E. Engel (1857), used by R. Koenker and G. Bassett (1982), "Robust Tests
    for Heteroscedasticity based on Regression Quantiles", Econometrica 50, 43–61; copy in
    statsmodels.

    Examples
    --------
    >>> engel()
    Dataset(235 samples, 1 feature → food expenditure)
    """
    frame = _statsmodels().engel.load_pandas().data
    return Dataset(
        X=frame[["income"]].to_numpy(float),
        y=frame["foodexp"].to_numpy(float),
        feature_names=("income",),
        target_name="food expenditure",
        source=(
            "E. Engel (1857), in R. Koenker, G. Bassett (1982), Robust Tests for "
            "Heteroscedasticity based on Regression Quantiles, Econometrica 50, 43–61; "
            "from statsmodels"
        ),
        description="Annual income and food expenditure of Belgian working-class households.",
        units={"income": "Belgian francs a year", "food expenditure": "Belgian francs a year"},
    )
