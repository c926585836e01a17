//! The report as a page of HTML that stands alone: no script, nothing that is loaded.

use charts::{Heading, Theme};

use model::writing;

use super::{
    COLUMNS, Figure, Report, Tile,
    words::{form, say},
};

impl Report {
    pub(crate) fn html(&self) -> String {
        writing::within(self.language, || self.page())
    }

    fn page(&self) -> String {
        let title = charts::escaped(&self.title);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{}</style>\n</head>\n<body>\n",
            self.language.tag(),
            include_str!("report.css"),
        );
        out.push_str(&format!("<header><h1>{title}</h1><p>{}</p></header>\n", charts::escaped(&self.about)));
        out.push_str(&format!("<dl>{}</dl>\n", self.tiles.iter().map(tile).collect::<String>()));
        let [wide, narrow @ ..] = &self.figures;
        out.push_str(&figure("wide", wide));
        out.push_str("<div class=\"pair\">");
        narrow.iter().for_each(|one| out.push_str(&figure("", one)));
        out.push_str("</div>\n");
        out.push_str(&self.html_table());
        out.push_str("</body>\n</html>\n");
        out
    }

    fn html_table(&self) -> String {
        let head: String = COLUMNS.iter().map(|name| format!("<th>{}</th>", say(name))).collect();
        let cell = |text: &String| format!("<td>{}</td>", charts::escaped(text));
        let row = |row: &[String; 7]| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
        let rows: String = self.rows.iter().map(row).collect();
        format!("<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n")
    }
}

fn tile(Tile { name, value, change, was }: &Tile) -> String {
    let was = form("was", &[("change", change.clone()), ("value", was.clone())]);
    format!("<div><dt>{name}</dt><dd><b>{value}</b><span>{was}</span></dd></div>")
}

fn figure(class: &str, Figure { name, drawing }: &Figure) -> String {
    if drawing.marks.is_empty() {
        return format!(
            "<figure class=\"{class}\"><figcaption>{name}</figcaption>{}</figure>\n",
            say("none")
        );
    }
    let svg = charts::svg(drawing, &Heading::default(), Theme::Light);
    // A document inside a document has no heading of its own.
    let svg = svg.find("<svg").map_or("", |at| &svg[at..]);
    format!("<figure class=\"{class}\"><figcaption>{name}</figcaption>{svg}</figure>\n")
}
