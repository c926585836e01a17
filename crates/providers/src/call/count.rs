//! The tokens that a call would take, without the call. Claude alone is asked: it is the one whose SDK expects it of a
//! gateway, and the number of another vendor's tokenizer would be no answer for it.

use model::{CallError, CallRequest, ProviderType};

use super::{
    CallOptions, Unfit, Wanted,
    failure::{Failure, Reached, error, unsent},
    prepare,
};
use crate::{Target, Vendors, words::CallScene};

impl Vendors {
    /// Asks how many input tokens a call would take. It costs nothing, has a limit of its own at the vendor, and is an
    /// estimate, as the vendor says.
    ///
    /// # Errors
    /// As [`Vendors::call`]; [`model::ErrorClass::Unsupported`] at everyone but Claude.
    pub async fn count_tokens(
        &self,
        target: &Target<'_>,
        request: &CallRequest,
        options: &CallOptions<'_>,
    ) -> Result<u64, CallError> {
        // Before anything that another vendor's model may lack is looked for.
        if target.provider_type != ProviderType::Claude {
            return Err(unsent(&Unfit::Counting.into(), target));
        }
        let sending = prepare(target, request, options, Wanted::Count).await?;
        let mut reached = Reached::default();
        let counted = async {
            let answer = self.answer(target, &sending, &mut reached).await?;
            // It may be somebody else's answer, which is worth a better word.
            sending.dialect.counted(&answer.body).map_err(|_| sending.dialect.refusal(&answer).into())
        };
        let counted: Result<u64, Failure> = counted.await;
        counted.map_err(|failure| error(&failure, reached, &CallScene::of(target)))
    }
}
