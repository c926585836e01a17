//! How a table of somebody else's is read: every column as text, cut at a length that no honest value has, whatever its type.

/// Characters of a value that are read; a longer one is then refused by whoever knows what it means.
pub(super) const MOST: usize = 65_536;

/// A column, and whether it holds bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) is_bytes: bool,
}

/// A name as SQL quotes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The next rows of a table by its `id`, on SQLite. Values come as bytes, because SQLite lets a text hold any.
pub(super) fn select_sqlite(table: &str, columns: &[Column]) -> String {
    let values = columns.iter().map(|column| {
        let name = quoted(&column.name);
        format!("CAST(substr(CAST({name} AS TEXT), 1, {MOST}) AS BLOB)")
    });
    page(table, "CAST(\"id\" AS INTEGER)", values, "?1", "?2")
}

/// The same on PostgreSQL.
pub(super) fn select_postgres(table: &str, columns: &[Column]) -> String {
    let values = columns.iter().map(|column| {
        let name = quoted(&column.name);
        let text =
            if column.is_bytes { format!("encode({name}, 'escape')") } else { format!("{name}::text") };
        format!("left({text}, {MOST})")
    });
    page(table, "\"id\"::bigint", values, "$1", "$2")
}

fn page(table: &str, id: &str, values: impl Iterator<Item = String>, after: &str, limit: &str) -> String {
    let values: Vec<String> = std::iter::once(id.to_owned()).chain(values).collect();
    let (values, table) = (values.join(", "), quoted(table));
    format!("SELECT {values} FROM {table} WHERE \"id\" > {after} ORDER BY \"id\" LIMIT {limit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_named_to_break_out_stays_a_name() {
        let column = Column { name: "a\"; DROP TABLE x; --".into(), is_bytes: false };
        let select = select_sqlite("t", &[column]);
        assert!(select.contains("\"a\"\"; DROP TABLE x; --\""), "{select}");
    }
}
