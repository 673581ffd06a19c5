//! The parts of the package around the rows.
//!
//! Source: ECMA-376 part 1, chapter 18 (SpreadsheetML), and part 2 (Open Packaging Conventions).

use super::cell::{CellXml, Style, escape, letters};
use super::totals::Totals;
use crate::message::{Fact, WorkbookPlan, WorkbookSummary};

/// Rows of a sheet below the header; Excel allows 1,048,576 in all.
pub(super) const DATA_ROWS: u32 = 1_048_575;

/// Columns of a sheet, at most.
pub(super) const COLUMNS: usize = 16_384;

/// Characters of a sheet's name, of which Excel allows 31; the number of a further sheet follows.
const NAME: usize = 25;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Cell formats in the order of [`Style`]. Formats 3, 4, 14 and 49 are Excel's own: thousands without and
/// with two decimals, the system's short date, and text.
const STYLES: &str = "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"#,##0.000\"/>\
<numFmt numFmtId=\"165\" formatCode=\"#,##0.0000\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
<fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"9\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// Returns the number of sheets that the rows need: one more for each 1,048,575.
pub(super) fn sheets_of_rows(rows: u32) -> u32 {
    rows.div_ceil(DATA_ROWS).max(1)
}

/// Returns the rows of the plan, from 0, that are in the sheet of this number, from 0.
pub(super) fn rows_of_sheet(plan: &WorkbookPlan, sheet: u32) -> std::ops::Range<u32> {
    let first = sheet.saturating_mul(DATA_ROWS).min(plan.rows);
    first..plan.rows.min(first.saturating_add(DATA_ROWS))
}

/// Returns the path of the sheet of this number, from 1.
pub(super) fn sheet_part(number: u32) -> String {
    ["xl/worksheets/sheet", &number.to_string(), ".xml"].concat()
}

/// Returns the parts before the sheets, by path. The list of content types is first, by which programs
/// recognize the file.
pub(super) fn parts(plan: &WorkbookPlan) -> [(String, String); 5] {
    let names = sheet_names(plan);
    let mut types = String::new();
    let mut sheets = String::new();
    let mut targets = String::new();
    for (at, name) in names.iter().enumerate() {
        let number = (at + 1).to_string();
        types.push_str(
            &[
                "<Override PartName=\"/xl/worksheets/sheet",
                &number,
                ".xml\" ContentType=\"",
                CONTENT,
                ".worksheet+xml\"/>",
            ]
            .concat(),
        );
        sheets.push_str(
            &[
                "<sheet name=\"",
                &escaped(name),
                "\" sheetId=\"",
                &number,
                "\" r:id=\"rId",
                &number,
                "\"/>",
            ]
            .concat(),
        );
        let target = ["worksheets/sheet", &number, ".xml"].concat();
        targets.push_str(&relationship(&number, "worksheet", &target));
    }
    let styles = (names.len() + 1).to_string();
    targets.push_str(&relationship(&styles, "styles", "styles.xml"));
    let part = |name: &str, xml: &[&str]| (name.to_owned(), [HEAD, &xml.concat()].concat());
    [
        part(
            "[Content_Types].xml",
            &[
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\
                 \"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"",
                CONTENT,
                ".sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"",
                CONTENT,
                ".styles+xml\"/>",
                &types,
                "</Types>",
            ],
        ),
        part(
            "_rels/.rels",
            &[
                "<Relationships xmlns=\"",
                RELATIONSHIPS,
                "\">",
                &relationship("1", "officeDocument", "xl/workbook.xml"),
                "</Relationships>",
            ],
        ),
        part(
            "xl/workbook.xml",
            &[
                "<workbook xmlns=\"",
                MAIN,
                "\" xmlns:r=\"",
                OFFICE,
                "\"><sheets>",
                &sheets,
                "</sheets>",
                &filters(plan, &names),
                "</workbook>",
            ],
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            &[
                "<Relationships xmlns=\"",
                RELATIONSHIPS,
                "\">",
                &targets,
                "</Relationships>",
            ],
        ),
        part(
            "xl/styles.xml",
            &["<styleSheet xmlns=\"", MAIN, "\">", STYLES, "</styleSheet>"],
        ),
    ]
}

/// The hidden names that Excel gives to ranges with filter buttons.
fn filters(plan: &WorkbookPlan, names: &[String]) -> String {
    let Some(last) = plan.columns.len().checked_sub(1) else {
        return String::new();
    };
    let mut filters = "<definedNames>".to_owned();
    for (sheet, name) in (0..sheets_of_rows(plan.rows)).zip(names) {
        let rows = rows_of_sheet(plan, sheet).len() + 1;
        let filter = [
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"",
            &sheet.to_string(),
            "\" hidden=\"1\">'",
            &escaped(&name.replace('\'', "''")),
            "'!$A$1:$",
            &letters(last),
            "$",
            &rows.to_string(),
            "</definedName>",
        ];
        filters.push_str(&filter.concat());
    }
    filters.push_str("</definedNames>");
    filters
}

fn relationship(number: &str, kind: &str, target: &str) -> String {
    [
        "<Relationship Id=\"rId",
        number,
        "\" Type=\"",
        OFFICE,
        "/",
        kind,
        "\" Target=\"",
        target,
        "\"/>",
    ]
    .concat()
}

/// Names of the sheets in their order, each once without regard to case.
fn sheet_names(plan: &WorkbookPlan) -> Vec<String> {
    let rejected =
        |c: char| c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let name: String = plan.sheet.chars().filter(|c| !rejected(*c)).collect();
    let name: String = name.trim_matches('\'').chars().take(NAME).collect();
    let own = ["", "history", "totals", "about this file"];
    let name = match name.trim() {
        // Excel reserves one of these; two are those of the other sheets.
        name if own.contains(&&*name.to_lowercase()) => "Rows".to_owned(),
        name => name.to_owned(),
    };
    let further = (2..=sheets_of_rows(plan.rows)).map(|number| format!("{name} {number}"));
    let mut names = vec![name.clone()];
    names.extend(further);
    names.extend([TOTALS, FACTS].map(str::to_owned));
    names
}

const TOTALS: &str = "Totals";
const FACTS: &str = "About this file";

fn escaped(text: &str) -> String {
    let mut xml = Vec::new();
    escape(&mut xml, text);
    String::from_utf8(xml).unwrap_or_default()
}

/// Begins a sheet whose first row stays in view.
fn begin(cells: &mut CellXml, widths: impl IntoIterator<Item = u32>) {
    cells.raw(HEAD);
    cells.raw("<worksheet xmlns=\"");
    cells.raw(MAIN);
    cells.raw(
        "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
    );
    let mut any = false;
    for (at, width) in widths.into_iter().enumerate() {
        cells.raw(if any { "" } else { "<cols>" });
        any = true;
        let number = (at + 1).to_string();
        let width = width.clamp(1, 255).to_string();
        let column = [
            "<col min=\"",
            &number,
            "\" max=\"",
            &number,
            "\" width=\"",
            &width,
            "\" customWidth=\"1\"/>",
        ];
        cells.raw(&column.concat());
    }
    cells.raw(if any { "</cols>" } else { "" });
    cells.raw("<sheetData>");
}

/// Begins a sheet of rows, with the header.
pub(super) fn begin_rows(cells: &mut CellXml, plan: &WorkbookPlan) {
    begin(cells, plan.columns.iter().map(|column| column.width));
    cells.begin_row(1);
    for (at, column) in plan.columns.iter().enumerate() {
        cells.text(at, &column.header, Style::Header);
    }
    cells.end_row();
}

/// Ends a sheet of so many rows below the header, with the filter buttons in its header. Excel marks texts
/// of digits, such as account numbers, unless the sheet says that they are meant.
pub(super) fn end_rows(cells: &mut CellXml, plan: &WorkbookPlan, rows: u32) {
    cells.raw("</sheetData>");
    if let Some(last) = plan.columns.len().checked_sub(1) {
        let range = ["A1:", &letters(last), &(rows + 1).to_string()].concat();
        let filter = ["<autoFilter ref=\"", &range, "\"/>"];
        cells.raw(&filter.concat());
        let texts = [
            "<ignoredErrors><ignoredError sqref=\"",
            &range,
            "\" numberStoredAsText=\"1\"/></ignoredErrors>",
        ];
        cells.raw(&texts.concat());
    }
    end(cells);
}

fn end(cells: &mut CellXml) {
    cells.raw("</worksheet>");
}

/// The sheet with the sums of each column of amounts by currency.
pub(super) fn totals_sheet(cells: &mut CellXml, plan: &WorkbookPlan, totals: &Totals) {
    begin(cells, [32, 12, 20, 12]);
    cells.begin_row(1);
    for (at, header) in ["Column", "Currency", "Total", "Rows"].iter().enumerate() {
        cells.text(at, header, Style::Header);
    }
    cells.end_row();
    for (number, ((column, currency), total)) in (2..).zip(totals.sums()) {
        let header = plan.columns.get(column).map_or("", |column| &column.header);
        cells.begin_row(number);
        cells.text(0, header, Style::Text);
        cells.text(1, &currency, Style::Text);
        match total.exponent {
            Some(exponent) => cells.minors(2, total.minors, exponent),
            None => cells.text(2, "Not added up: decimals not known", Style::Text),
        }
        cells.minors(3, total.rows.into(), 0);
        cells.end_row();
    }
    cells.raw("</sheetData>");
    end(cells);
}

/// The sheet about the file.
pub(super) fn facts_sheet(cells: &mut CellXml, plan: &WorkbookPlan) {
    begin(cells, [28, 90]);
    cells.begin_row(1);
    cells.text(0, FACTS, Style::Header);
    cells.end_row();
    let mut number = 1;
    for Fact {
        label: name,
        text,
        count,
    } in &plan.facts
    {
        number += 1;
        cells.begin_row(number);
        cells.text(0, name, Style::Text);
        match (text, count) {
            (Some(text), _) => cells.text(1, text, Style::Wrapped),
            (None, Some(count)) => cells.minors(1, (*count).into(), 0),
            (None, None) => {}
        }
        cells.end_row();
    }
    let changes = changes(&cells.summary());
    for note in plan.notes.iter().chain(&changes) {
        number += 1;
        cells.begin_row(number);
        cells.text(0, "Note", Style::Text);
        cells.text(1, note, Style::Wrapped);
        cells.end_row();
    }
    cells.raw("</sheetData>");
    end(cells);
}

/// What differs from the table, in sentences.
fn changes(summary: &WorkbookSummary) -> Vec<String> {
    let sentences = [
        (
            summary.replaced,
            "Control characters replaced by the sign \u{fffd}, because a workbook cannot hold them:",
        ),
        (
            summary.cut,
            "Texts cut, because an Excel cell holds at most 32,767 characters:",
        ),
        (
            summary.long_numbers,
            "Numbers written as text, because Excel rounds numbers of more than 15 digits:",
        ),
        (
            summary.days_as_text,
            "Dates before 1 March 1900 or after 9999 written as text, because Excel has no such dates:",
        ),
    ];
    let sentences = sentences.iter().filter(|(count, _)| *count > 0);
    sentences
        .map(|(count, sentence)| [sentence, " ", &outlay_wire::decimal(*count), "."].concat())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sheet: &str, rows: u32) -> Vec<String> {
        sheet_names(&WorkbookPlan {
            sheet: sheet.to_owned(),
            rows,
            ..WorkbookPlan::default()
        })
    }

    #[test]
    fn sheet_names_are_ones_that_excel_accepts() {
        assert_eq!(
            names("Entries", 5),
            ["Entries", "Totals", "About this file"]
        );
        for odd in ["", "'", "[:]", "History", "totals"] {
            assert_eq!(names(odd, 0)[0], "Rows", "{odd}");
        }
        assert_eq!(names("a/b\\c[d]:e*f?g\u{7}", 0)[0], "abcdefg");
        assert_eq!(names(&"x".repeat(40), 0)[0].len(), NAME);
    }

    #[test]
    fn rows_beyond_the_limit_of_a_sheet_have_further_sheets() {
        assert_eq!(sheets_of_rows(0), 1);
        assert_eq!(sheets_of_rows(DATA_ROWS), 1);
        assert_eq!(sheets_of_rows(DATA_ROWS + 1), 2);
        let expected = ["Entries", "Entries 2", "Totals", "About this file"];
        assert_eq!(names("Entries", DATA_ROWS + 1), expected);
    }
}
