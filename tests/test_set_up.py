"""Environments are set up by the settings of pip, and pinned like the book."""

import re
import tomllib
from pathlib import Path

import set_up


def test_uv_follows_the_settings_of_pip(monkeypatch):
    for name in ("UV_FIND_LINKS", "UV_INDEX", "SSL_CERT_FILE", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    settings = {"find-links": "a b", "extra-index-url": "c\nd", "cert": "e.pem", "color": "no"}
    env = set_up.uv_environment(settings)
    assert (env["UV_FIND_LINKS"], env["UV_INDEX"], env["SSL_CERT_FILE"]) == ("a,b", "c d", "e.pem")
    assert "UV_DEFAULT_INDEX" not in env
    monkeypatch.setenv("SSL_CERT_FILE", "own.pem")
    assert set_up.uv_environment(settings)["SSL_CERT_FILE"] == "own.pem"


def test_pytorch_is_the_build_for_processors_unless_places_of_one_s_own_are_named(monkeypatch):
    monkeypatch.delenv("UV_TORCH_BACKEND", raising=False)
    assert set_up.uv_environment({"cert": "e.pem"})["UV_TORCH_BACKEND"] == "cpu"
    for place in ("find-links", "extra-index-url", "index-url"):
        assert "UV_TORCH_BACKEND" not in set_up.uv_environment({place: "somewhere"})
    monkeypatch.setenv("UV_TORCH_BACKEND", "auto")
    assert set_up.uv_environment({})["UV_TORCH_BACKEND"] == "auto"


def test_each_environment_is_told_to_uv_and_has_a_python_of_its_own():
    folders = [
        set_up.uv_environment({}, venv)["VIRTUAL_ENV"] for venv in (set_up.BOOK, set_up.FRAMEWORKS)
    ]
    assert [folder.rsplit("/", 1)[1] for folder in folders] == [".venv", ".venv-frameworks"]
    assert set_up.BOOK.python != set_up.FRAMEWORKS.python


def test_frameworks_are_pinned_without_cuda_and_like_the_book(monkeypatch):
    monkeypatch.chdir(Path(__file__).parent.parent)
    book, frameworks = (
        {pin.partition("==")[0]: pin.partition(" ;")[0] for pin in set_up.pins_of(venv)}
        for venv in (set_up.BOOK, set_up.FRAMEWORKS)
    )
    wanted = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = wanted["optional-dependencies"][set_up.FRAMEWORKS.extra]
    assert {re.match(r"[\w-]+", each)[0] for each in named} <= frameworks.keys()
    assert frameworks["torch"] in named
    assert not [name for name in frameworks if name.startswith(("nvidia", "cuda", "triton"))]
    both = book.keys() & frameworks.keys() - {"networkx", "jax", "jaxlib"}
    assert {"numpy", "pandas", "pytest"} <= both
    assert {name: book[name] for name in both} == {name: frameworks[name] for name in both}


def test_pins_of_an_environment_never_pinned_are_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert set_up.pins_of(set_up.FRAMEWORKS) == []
    Path("requirements-frameworks.txt").write_text("# why\na==1\n-e .\n", encoding="utf-8")
    assert set_up.pins_of(set_up.FRAMEWORKS) == ["a==1"]
