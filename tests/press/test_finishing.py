"""What is left of an executed notebook on the page, and what a page without alt text says."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.errors import UserError
from helpers.press.run.finishing import finish, stamp_title


def figure(alt="Søjler: 81 pct. er tilfredse"):
    metadata = {"image/svg+xml": {"alt": alt}} if alt is not None else {}
    return new_output("display_data", data={"image/svg+xml": "<svg/>"}, metadata=metadata)


def finished(*outputs, source="f()"):
    cells = [
        new_markdown_cell("# Tilfredshed"),
        new_code_cell(source, outputs=list(outputs), execution_count=7),
    ]
    return finish(new_notebook(cells=cells), "tema", "Vejle")


def test_the_alt_text_moves_from_the_output_to_the_cell():
    assert finished(figure()).cells[1].metadata.mystnb == {
        "image": {"alt": "Søjler: 81 pct. er tilfredse"}
    }


def test_an_alt_text_of_several_lines_becomes_one():
    assert (
        finished(figure("Søjler:\n  81 pct.")).cells[1].metadata.mystnb.image.alt
        == "Søjler: 81 pct."
    )


@pytest.mark.parametrize("alt", [None, "", "  \n"])
def test_a_figure_without_alt_text_is_refused(alt):
    with pytest.raises(UserError, match="tema.ipynb har ingen alternativ tekst"):
        finished(figure(alt))


def test_two_figures_in_a_cell_are_refused_for_they_would_share_a_text():
    with pytest.raises(UserError, match="viser 2 figurer"):
        finished(figure(), figure())


def test_code_is_hidden_and_a_silent_cell_is_gone():
    shown, silent = finished(figure()).cells[1], finished().cells[1]
    assert shown.metadata.tags == ["remove-input"]
    assert silent.metadata.tags == ["remove-cell"]


def test_a_cell_that_shows_nothing_leaves_no_empty_field():
    """What a municipality has no answers to shows an empty text, which is no output to a reader."""
    empty = new_output(
        "execute_result", data={"text/markdown": "", "text/plain": "\n"}, execution_count=7
    )
    assert finished(empty).cells[1].metadata.tags == ["remove-cell"]
    assert finished(
        new_output("execute_result", data={"text/markdown": "Ord."}, execution_count=7)
    ).cells[1].metadata.tags == ["remove-input"]


def test_warnings_on_standard_error_do_not_reach_a_reader():
    page = finished(new_output("stream", name="stderr", text="DeprecationWarning"), figure())
    assert [output.output_type for output in page.cells[1].outputs] == ["display_data"]


def test_parameters_and_traces_of_the_run_are_gone():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Tilfredshed"),
            new_code_cell("municipality = 'Hele landet'", metadata={"tags": ["parameters"]}),
            new_code_cell("municipality = 'Vejle'", metadata={"tags": ["injected-parameters"]}),
            new_code_cell(
                "f()",
                outputs=[figure()],
                metadata={"papermill": {"start_time": "2020-03-12T08:00:00"}},
            ),
        ],
        metadata={"papermill": {"duration": 1.5}},
    )
    text = nbformat.writes(finish(notebook, "tema", "Vejle"))
    assert "papermill" not in text and "municipality" not in text and "start_time" not in text


def test_the_same_outputs_give_the_same_bytes():
    assert nbformat.writes(finished(figure())) == nbformat.writes(finished(figure()))


def test_the_first_heading_is_stamped_and_the_others_are_not():
    assert (
        stamp_title("Før\n# Tema \n\n## Afsnit\n# Mere", "Vejle")
        == "Før\n# Tema · Vejle\n\n## Afsnit\n# Mere"
    )


def test_a_notebook_without_a_title_is_refused():
    with pytest.raises(UserError, match="ingen titel"):
        finish(new_notebook(cells=[new_markdown_cell("## Kun et afsnit")]), "tema", "Vejle")


@pytest.mark.parametrize("weighting", ["uden", "stikproeve"])
def test_the_page_keeps_what_the_notice_says_of_weights_and_leaves_the_rest_to_the_banner(
    weighting,
):
    from helpers.page import open_page

    data, _ = open_page("Vejle", weighting=weighting).notice()._repr_mimebundle_()
    cell = finished(new_output("execute_result", data=data, execution_count=1)).cells[1]
    if weighting == "uden":
        assert cell.outputs == [] and cell.metadata.tags == ["remove-cell"]
    else:
        html = cell.outputs[0].data["text/html"]
        assert (
            "Andelene på siden er vægtet" in html
            and "synthetic-notice" not in html
            and html.count("<div") == html.count("</div>") == 1
        )
