//! What a model or a vendor's API cannot take, so that nothing is sent.

use model::ErrorClass;

/// Why a request is refused before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Images, at a model without eyes.
    Images,
    /// Images by their address, at a vendor that does not fetch them.
    ImageAddress,
    /// PDF documents.
    Pdf,
    /// A PDF document of which no text can be had.
    PdfWithoutText,
    /// Functions.
    Tools,
    /// An answer by a schema.
    Schema,
    /// A schema that explicitly leaves an object open, at a vendor that takes none such.
    OpenSchema,
    /// Any temperature but the model's own.
    Temperature,
    /// A temperature above this bound, or below 0.
    TemperatureRange(u8),
    /// Texts at which to end.
    Stop,
    /// More of them than this.
    StopCount(usize),
    /// Fewer output tokens than this.
    FewTokens(u64),
    /// Counting without a call, at a vendor of whom it is not asked here.
    Counting,
    /// Chat Completions, at a model that only Responses serves.
    ResponsesOnly,
    /// Not a JSON schema. From here on the request is at fault, and no other provider would take it.
    InvalidSchema,
    /// A function's arguments that are no JSON object.
    Arguments,
    /// A function's result without its call.
    LonelyResult,
    /// Nothing said.
    NoMessages,
}

impl Unfit {
    pub(crate) fn class(self) -> ErrorClass {
        match self {
            Self::InvalidSchema | Self::Arguments | Self::LonelyResult | Self::NoMessages => {
                ErrorClass::BadRequest
            }
            _ => ErrorClass::Unsupported,
        }
    }
}
