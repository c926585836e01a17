//! Many rows into one table, in PostgreSQL's binary form of COPY (its manual's page of COPY, "Binary Format"): a row costs it a third of what one
//! that is parsed from JSON does. The order of a statement's columns is the order in which its rows are written.

use sqlx::PgConnection;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// Neither flags nor an extension of the header.
const HEADER: [u8; 8] = [0; 8];
/// A row of so many fields ends them.
const END: [u8; 2] = (-1_i16).to_be_bytes();
const NULL: [u8; 4] = (-1_i32).to_be_bytes();
/// Bytes that are handed on at once, so that rows need no room for all of them together.
const PIECE: usize = 64 * 1024;

/// A row on its way.
pub(super) struct Fields<'a> {
    bytes: &'a mut Vec<u8>,
    count: i16,
}

/// Writes rows by `COPY … FROM STDIN (FORMAT binary)`: all of them or none.
///
/// # Errors
/// Those of the database, as it tells them: its caller may know better what they mean. The transaction is lost then.
pub(super) async fn copy_in<T>(
    connection: &mut PgConnection,
    statement: &'static str,
    rows: &[T],
    write: impl Fn(&T, &mut Fields<'_>),
) -> Result<(), sqlx::Error> {
    let mut copy = connection.copy_in_raw(statement).await?;
    let mut bytes = Vec::with_capacity(PIECE + PIECE / 8);
    bytes.extend_from_slice(SIGNATURE);
    bytes.extend_from_slice(&HEADER);
    for row in rows {
        Fields::write(&mut bytes, |fields| write(row, fields));
        if bytes.len() >= PIECE {
            copy.send(bytes.as_slice()).await?;
            bytes.clear();
        }
    }
    bytes.extend_from_slice(&END);
    copy.send(bytes.as_slice()).await?;
    copy.finish().await?;
    Ok(())
}

impl<'a> Fields<'a> {
    fn write(bytes: &'a mut Vec<u8>, write: impl FnOnce(&mut Self)) {
        let start = bytes.len();
        let mut fields = Self { bytes, count: 0 };
        fields.bytes.extend_from_slice(&fields.count.to_be_bytes());
        write(&mut fields);
        let count = fields.count.to_be_bytes();
        fields.bytes[start..start + count.len()].copy_from_slice(&count);
    }

    pub(super) fn text<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        self.field(text.into().map(str::as_bytes));
    }

    /// Of a column that is a BIGINT.
    pub(super) fn number(&mut self, number: impl Into<Option<i64>>) {
        self.field(number.into().map(i64::to_be_bytes));
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.field(Some([u8::from(flag)]));
    }

    fn field(&mut self, value: Option<impl AsRef<[u8]>>) {
        self.count += 1;
        let Some(value) = value else { return self.bytes.extend_from_slice(&NULL) };
        let value = value.as_ref();
        // PostgreSQL refuses what is longer than 1 GiB, and a row whose lengths are not right.
        let length = i32::try_from(value.len()).unwrap_or(i32::MAX);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_how_many_fields_it_has_and_each_how_long_it_is() {
        let mut bytes = vec![7];
        Fields::write(&mut bytes, |fields| {
            fields.text("ü");
            fields.number(-2);
            fields.flag(true);
            fields.text(None);
        });
        let expected: [&[u8]; 8] = [
            &[7, 0, 4],
            &[0, 0, 0, 2, 0xc3, 0xbc],
            &[0, 0, 0, 8],
            &[0xff; 7],
            &[0xfe],
            &[0, 0, 0, 1],
            &[1],
            &[0xff; 4],
        ];
        assert_eq!(bytes, expected.concat());
    }
}
