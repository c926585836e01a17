//! A request as it will be sent: what the model cannot do is refused here, or done without where the caller allows it.
//! A model that the catalogue does not know can do anything, until its vendor says otherwise.

use std::borrow::Cow;

use model::{
    CallRequest, CatalogModel, ProviderType,
    call::{AnswerSchema, Degradation, Effort, Message, Part, ToolChoice},
};
use serde_json::{Map, Value};

use super::{
    CallOptions, OpenAiApi, pdf,
    schema::{Check, is_open},
    unfit::Unfit,
};
use crate::{Target, effort, vendor, vendor::Dialect};

/// Most tokens of an answer, where neither the caller nor the catalogue says.
const DEFAULT_MAX_OUTPUT: u64 = 4096;
/// The fewest that Responses takes.
const RESPONSES_LEAST: u64 = 16;

/// What is to be sent, in no vendor's words.
pub(crate) struct Plan<'a> {
    pub(crate) request: &'a CallRequest,
    pub(crate) model_name: &'a str,
    pub(crate) streams: bool,
    pub(crate) max_output: u64,
    pub(crate) temperature: Option<f64>,
    pub(crate) effort: Option<Effort>,
    /// Whether the model thinks at all, as far as is known.
    pub(crate) thinks: Option<bool>,
    pub(crate) stop: &'a [String],
    /// `None` also when it is put into the instructions.
    pub(crate) schema: Option<&'a AnswerSchema>,
    pub(crate) system: Option<Cow<'a, str>>,
    /// What the answer has to hold to, when the vendor does not see to it.
    pub(crate) check: Option<Check>,
    pub(crate) degraded: Vec<Degradation>,
}

/// The request with the text of its PDF documents in their place, where the model reads none and the caller allows
/// that. Reading them takes time, so this is not for a task that others wait for.
pub(crate) fn without_pdf(request: &CallRequest) -> Result<CallRequest, Unfit> {
    let mut request = request.clone();
    for part in request.messages.iter_mut().flat_map(|message| &mut message.parts) {
        if let Part::Pdf { name, data } = part {
            let title = name.as_deref().unwrap_or("document.pdf");
            let text = pdf::text(data).ok_or(Unfit::PdfWithoutText)?;
            *part = Part::Text { text: format!("Text of the PDF document {title}:\n\n{text}") };
        }
    }
    Ok(request)
}

/// Whether a request's documents are sent as their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PdfAsText {
    /// There are none, or they go as they are.
    No,
    /// The model reads none.
    Must,
    /// Nobody knows whether it does. Most compatible servers refuse files, so text is the better guess where the caller
    /// allows it; a document without text goes as it is.
    Should,
}

/// Whether [`without_pdf`] is needed.
pub(crate) fn pdf_as_text(
    provider_type: ProviderType,
    request: &CallRequest,
    model: Option<&CatalogModel>,
) -> Result<PdfAsText, Unfit> {
    if !request.parts().any(|part| matches!(part, Part::Pdf { .. })) {
        return Ok(PdfAsText::No);
    }
    match model.map(|model| model.capabilities.pdf_input) {
        Some(false) if request.degrade => Ok(PdfAsText::Must),
        Some(false) => Err(Unfit::Pdf),
        None if request.degrade && provider_type == ProviderType::OpenAiCompatible => Ok(PdfAsText::Should),
        Some(true) | None => Ok(PdfAsText::No),
    }
}

/// The language in which the model is called.
pub(crate) fn dialect(
    target: &Target<'_>,
    request: &CallRequest,
    options: &CallOptions<'_>,
) -> Result<Dialect, Unfit> {
    let model = options.model;
    let responses_only = model.is_some_and(|model| model.responses_api_only);
    let responses = match (target.provider_type, options.api) {
        (ProviderType::OpenAi, Some(OpenAiApi::Chat)) if responses_only => return Err(Unfit::ResponsesOnly),
        (_, Some(api)) => api == OpenAiApi::Responses,
        (ProviderType::OpenAi, None) => {
            // Responses has no stop texts and takes no small bound; Chat has both, at models that do not think.
            let chat_can = model.is_some_and(|model| !model.capabilities.reasoning) && !responses_only;
            let is_small = request.max_output_tokens.is_some_and(|most| most < RESPONSES_LEAST);
            !chat_can || (request.stop.is_empty() && !is_small)
        }
        (_, None) => false,
    };
    Ok(match target.provider_type {
        ProviderType::OpenAiCompatible if responses => Dialect::Responses,
        provider_type => Dialect::of(provider_type, responses),
    })
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        target: &Target<'a>,
        request: &'a CallRequest,
        options: &CallOptions<'_>,
        dialect: Dialect,
        streams: bool,
    ) -> Result<Self, Unfit> {
        check_content(request, options.model)?;
        let mut plan = Self {
            request,
            model_name: vendor::bare_name(target.provider_type, target.model_name),
            streams,
            max_output: max_output(request, options.model, dialect)?,
            temperature: None,
            effort: None,
            thinks: options.model.map(|model| model.capabilities.reasoning),
            stop: &[],
            schema: None,
            system: request.system.as_deref().map(Cow::Borrowed),
            check: None,
            degraded: Vec::new(),
        };
        plan.add_temperature(dialect, options.model)?;
        plan.add_stop(dialect, options.model)?;
        plan.add_effort(target.provider_type, options.model);
        plan.add_schema(dialect, options.model)?;
        Ok(plan)
    }

    pub(crate) fn messages(&self) -> &'a [Message] {
        &self.request.messages
    }

    /// Claude's thinking, switched on, goes neither with a temperature nor with a forced call.
    pub(crate) fn claude_may_think(&self) -> bool {
        let forced = matches!(self.request.tool_choice, ToolChoice::Required | ToolChoice::Named(_));
        self.temperature.is_none() && (!forced || self.request.tools.is_empty())
    }

    fn add_temperature(&mut self, dialect: Dialect, model: Option<&CatalogModel>) -> Result<(), Unfit> {
        let Some(temperature) = self.request.temperature else { return Ok(()) };
        let most = if dialect == Dialect::Messages { 1 } else { 2 };
        if !(0.0..=f64::from(most)).contains(&temperature) {
            return Err(Unfit::TemperatureRange(most));
        }
        let fixed = model.is_some_and(|model| !model.capabilities.sampling_params);
        match temperature {
            _ if !fixed => self.temperature = Some(temperature),
            // The default, which every model has anyway.
            1.0 => {}
            _ => self.degrade(Degradation::TemperatureDropped, Unfit::Temperature)?,
        }
        Ok(())
    }

    fn add_stop(&mut self, dialect: Dialect, model: Option<&CatalogModel>) -> Result<(), Unfit> {
        let stop = &self.request.stop;
        let thinks = model.is_some_and(|model| model.capabilities.reasoning);
        let most = match dialect {
            Dialect::Responses => 0,
            Dialect::Chat if thinks => 0,
            Dialect::Chat => 4,
            Dialect::Generate => 5,
            Dialect::CompatibleChat | Dialect::Messages => usize::MAX,
        };
        self.stop = &stop[..stop.len().min(most)];
        match most {
            _ if stop.len() <= most => Ok(()),
            0 => self.degrade(Degradation::StopDropped, Unfit::Stop),
            most => self.degrade(Degradation::StopDropped, Unfit::StopCount(most)),
        }
    }

    /// How long to think is a wish: the nearest is taken without asking, but not without saying.
    fn add_effort(&mut self, provider_type: ProviderType, model: Option<&CatalogModel>) {
        let Some(wanted) = self.request.effort else { return };
        self.effort = effort::nearest(provider_type, self.model_name, model, wanted);
        let by_budget = provider_type == ProviderType::Claude && effort::claude_has_budget(self.model_name);
        if by_budget && wanted != Effort::None {
            let fits = self.claude_may_think() && effort::claude_budget(wanted, self.max_output).is_some();
            self.effort = self.effort.filter(|_| fits);
        }
        // A model that cannot think does not think.
        let kept = self.effort == Some(wanted) || (self.effort.is_none() && wanted == Effort::None);
        if !kept {
            self.degraded.push(Degradation::EffortChanged);
        }
    }

    fn add_schema(&mut self, dialect: Dialect, model: Option<&CatalogModel>) -> Result<(), Unfit> {
        let Some(wanted) = &self.request.schema else { return Ok(()) };
        let unfit = if model.is_some_and(|model| !model.capabilities.json_schema) {
            Unfit::Schema
        } else if dialect == Dialect::Messages && is_open(&wanted.schema) {
            Unfit::OpenSchema
        } else {
            self.schema = Some(wanted);
            return Ok(());
        };
        self.degrade(Degradation::SchemaByInstruction, unfit)?;
        self.check = Some(Check::new(&wanted.schema).ok_or(Unfit::InvalidSchema)?);
        let before = self.system.take().filter(|system| !system.is_empty());
        let before = before.map(|system| format!("{system}\n\n")).unwrap_or_default();
        self.system = Some(Cow::Owned(format!("{before}{INSTRUCTION}\n{}", wanted.schema)));
        Ok(())
    }

    fn degrade(&mut self, degradation: Degradation, unfit: Unfit) -> Result<(), Unfit> {
        if !self.request.degrade {
            return Err(unfit);
        }
        self.degraded.push(degradation);
        Ok(())
    }
}

const INSTRUCTION: &str =
    "Answer with JSON only: no other text, no code fence. It has to hold to this JSON Schema:";

/// What no degradation helps against.
fn check_content(request: &CallRequest, model: Option<&CatalogModel>) -> Result<(), Unfit> {
    if request.messages.iter().all(|message| message.parts.is_empty()) {
        return Err(Unfit::NoMessages);
    }
    let is_image = |part: &Part| matches!(part, Part::Image { .. } | Part::ImageUrl { .. });
    if model.is_some_and(|model| !model.capabilities.vision) && request.parts().any(is_image) {
        return Err(Unfit::Images);
    }
    if model.is_some_and(|model| !model.capabilities.tools) && !request.tools.is_empty() {
        return Err(Unfit::Tools);
    }
    let is_object =
        |text: &str| text.trim().is_empty() || serde_json::from_str::<Map<String, Value>>(text).is_ok();
    let broken = |part: &Part| matches!(part, Part::ToolCall(call) if !is_object(&call.arguments));
    if request.parts().any(broken) { Err(Unfit::Arguments) } else { Ok(()) }
}

/// A bound is always sent, never above the model's own, which the vendor would refuse.
fn max_output(request: &CallRequest, model: Option<&CatalogModel>, dialect: Dialect) -> Result<u64, Unfit> {
    let cap = model.map(|model| model.max_output_tokens);
    let wanted = request.max_output_tokens.or(cap).unwrap_or(DEFAULT_MAX_OUTPUT);
    let least = if dialect == Dialect::Responses { RESPONSES_LEAST } else { 1 };
    if wanted < least { Err(Unfit::FewTokens(least)) } else { Ok(wanted.min(cap.unwrap_or(wanted))) }
}

#[cfg(test)]
mod tests {
    use model::{Catalog, call::Role};
    use serde_json::json;

    use super::*;
    use crate::BaseUrl;

    /// What a plan for this request comes to, at a model of the bundled catalogue.
    fn at<T>(
        provider_type: ProviderType,
        name: &str,
        request: &CallRequest,
        change: impl Fn(&mut CatalogModel),
        look: impl Fn(&Plan<'_>) -> T,
    ) -> Result<T, Unfit> {
        let mut model = Catalog::bundled().unwrap().find(provider_type, name).unwrap().clone();
        change(&mut model);
        let base_url = BaseUrl::parse("", provider_type, false).unwrap();
        let target = Target { provider_type, base_url: &base_url, api_key: Some("k"), model_name: name };
        let options = CallOptions { model: Some(&model), ..CallOptions::default() };
        let dialect = dialect(&target, request, &options)?;
        Plan::new(&target, request, &options, dialect, false).map(|plan| look(&plan))
    }

    fn request(change: impl Fn(&mut CallRequest)) -> CallRequest {
        let mut request = CallRequest::prompt("Hi");
        change(&mut request);
        request
    }

    use ProviderType::{Claude, Gemini, OpenAi};

    #[test]
    fn a_bound_is_always_sent_and_never_above_the_models_own() {
        let bound = |most| {
            let request = request(|request| request.max_output_tokens = most);
            at(Claude, "claude-haiku-4-5", &request, |_| (), |plan| plan.max_output)
        };
        assert_eq!((bound(None), bound(Some(9)), bound(Some(900_000))), (Ok(64_000), Ok(9), Ok(64_000)));
        assert_eq!(bound(Some(0)), Err(Unfit::FewTokens(1)));
        let few = request(|request| request.max_output_tokens = Some(9));
        assert_eq!(at(OpenAi, "gpt-6-luna", &few, |_| (), |_| ()), Err(Unfit::FewTokens(16)));
        assert_eq!(at(OpenAi, "gpt-4o-mini", &few, |_| (), |plan| plan.max_output), Ok(9));
    }

    #[test]
    fn a_temperature_that_a_model_refuses_is_refused_here_or_dropped_and_named() {
        let warm = |temperature, degrade| {
            request(|request| (request.temperature, request.degrade) = (Some(temperature), degrade))
        };
        let of = |name, request: &CallRequest| {
            at(Claude, name, request, |_| (), |plan| (plan.temperature, plan.degraded.clone()))
        };
        assert_eq!(of("claude-haiku-4-5", &warm(0.5, false)), Ok((Some(0.5), vec![])));
        assert_eq!(of("claude-haiku-4-5", &warm(1.5, true)), Err(Unfit::TemperatureRange(1)));
        assert_eq!(of("claude-haiku-4-5", &warm(f64::NAN, true)), Err(Unfit::TemperatureRange(1)));
        assert_eq!(of("claude-opus-5-5", &warm(0.5, false)), Err(Unfit::Temperature));
        assert_eq!(
            of("claude-opus-5-5", &warm(0.5, true)),
            Ok((None, vec![Degradation::TemperatureDropped]))
        );
        assert_eq!(of("claude-opus-5-5", &warm(1.0, false)), Ok((None, vec![])));
    }

    #[test]
    fn what_a_model_cannot_see_or_call_is_refused_whatever_the_caller_allows() {
        let blind = |model: &mut CatalogModel| {
            (model.capabilities.vision, model.capabilities.tools) = (false, false);
        };
        let image = Part::ImageUrl { url: "https://example.com/a.png".into() };
        let sees = request(|request| {
            request.degrade = true;
            request.messages[0].parts.push(image.clone());
        });
        assert_eq!(at(OpenAi, "gpt-4o", &sees, blind, |_| ()), Err(Unfit::Images));
        assert_eq!(at(OpenAi, "gpt-4o", &sees, |_| (), |_| ()), Ok(()));
        let tool = model::call::Tool { name: "f".into(), description: String::new(), parameters: json!({}) };
        let calls = request(|request| request.tools = vec![tool.clone()]);
        assert_eq!(at(OpenAi, "gpt-4o", &calls, blind, |_| ()), Err(Unfit::Tools));
        let empty = CallRequest::default();
        assert_eq!(at(OpenAi, "gpt-4o", &empty, |_| (), |_| ()), Err(Unfit::NoMessages));
    }

    #[test]
    fn a_schema_goes_into_the_instructions_where_the_model_has_none() {
        let asks = |degrade| {
            request(|request| {
                request.system = Some("Be brief.".into());
                request.schema = Some(AnswerSchema { name: "a".into(), schema: json!({"type": "object"}) });
                request.degrade = degrade;
            })
        };
        let old = |model: &mut CatalogModel| model.capabilities.json_schema = false;
        assert_eq!(at(OpenAi, "gpt-4o", &asks(false), old, |_| ()), Err(Unfit::Schema));
        let plan = at(OpenAi, "gpt-4o", &asks(true), old, |plan| {
            (
                plan.schema.is_none(),
                plan.check.is_some(),
                plan.system.as_deref().unwrap_or_default().to_owned(),
            )
        });
        let (no_schema, checked, system) = plan.unwrap();
        assert!(no_schema && checked && system.starts_with("Be brief.\n\n"), "{system}");
        assert!(system.ends_with("{\"type\":\"object\"}"), "{system}");
    }

    #[test]
    fn stop_texts_choose_the_api_that_has_them() {
        let stops = |count: usize, degrade| {
            request(|request| {
                request.stop = vec!["END".to_owned(); count];
                request.degrade = degrade;
            })
        };
        let of = |provider_type, name, count, degrade| {
            at(provider_type, name, &stops(count, degrade), |_| (), |plan| plan.stop.len())
        };
        assert_eq!(of(OpenAi, "gpt-4o", 4, false), Ok(4));
        assert_eq!(of(OpenAi, "gpt-4o", 5, false), Err(Unfit::StopCount(4)));
        assert_eq!(of(OpenAi, "gpt-6-luna", 1, false), Err(Unfit::Stop));
        assert_eq!(of(OpenAi, "gpt-6-luna", 1, true), Ok(0));
        assert_eq!(of(Gemini, "gemini-3.8-flash", 6, true), Ok(5));
        assert_eq!(of(Claude, "claude-opus-5-5", 20, false), Ok(20));
    }

    #[test]
    fn an_effort_that_had_to_be_changed_is_named() {
        let of = |provider_type, name, effort, most| {
            let request = request(|request| {
                (request.effort, request.max_output_tokens) = (Some(effort), most);
            });
            at(provider_type, name, &request, |_| (), |plan| (plan.effort, !plan.degraded.is_empty()))
        };
        assert_eq!(of(OpenAi, "gpt-4o", Effort::None, None), Ok((None, false)));
        assert_eq!(of(OpenAi, "gpt-4o", Effort::High, None), Ok((None, true)));
        assert_eq!(of(OpenAi, "gpt-5", Effort::None, None), Ok((Some(Effort::None), false)));
        assert_eq!(of(OpenAi, "gpt-6.2-sol", Effort::None, None), Ok((Some(Effort::Low), true)));
        assert_eq!(of(Claude, "claude-haiku-4-5", Effort::Low, None), Ok((Some(Effort::Low), false)));
        assert_eq!(of(Claude, "claude-haiku-4-5", Effort::Low, Some(2000)), Ok((None, true)));
    }

    #[test]
    fn a_pdf_is_read_out_only_where_it_has_to_be_and_may_be() {
        let pdf = Part::Pdf { name: None, data: "JVBERi0xLjQK".into() };
        let message = Message { role: Role::User, parts: vec![pdf] };
        let asks =
            |degrade| CallRequest { messages: vec![message.clone()], degrade, ..CallRequest::default() };
        let mut model = Catalog::bundled().unwrap().models[0].clone();
        let (openai, compatible) = (ProviderType::OpenAi, ProviderType::OpenAiCompatible);
        assert_eq!(pdf_as_text(openai, &asks(true), None), Ok(PdfAsText::No));
        assert_eq!(pdf_as_text(openai, &asks(true), Some(&model)), Ok(PdfAsText::No));
        assert_eq!(pdf_as_text(compatible, &asks(true), None), Ok(PdfAsText::Should));
        assert_eq!(pdf_as_text(compatible, &asks(false), None), Ok(PdfAsText::No));
        assert_eq!(pdf_as_text(compatible, &CallRequest::prompt("Hi"), None), Ok(PdfAsText::No));
        model.capabilities.pdf_input = false;
        assert_eq!(pdf_as_text(openai, &asks(true), Some(&model)), Ok(PdfAsText::Must));
        assert_eq!(pdf_as_text(openai, &asks(false), Some(&model)), Err(Unfit::Pdf));
        assert_eq!(without_pdf(&asks(true)), Err(Unfit::PdfWithoutText));
    }

    #[test]
    fn chat_is_refused_where_only_responses_serves() {
        let base_url = BaseUrl::parse("", OpenAi, false).unwrap();
        let target =
            Target { provider_type: OpenAi, base_url: &base_url, api_key: None, model_name: "o3-pro" };
        let catalog = Catalog::bundled().unwrap();
        let options =
            |api| CallOptions { model: catalog.find(OpenAi, "o3-pro"), api, ..CallOptions::default() };
        let of = |api| dialect(&target, &CallRequest::prompt("Hi"), &options(api));
        assert_eq!(of(Some(OpenAiApi::Chat)), Err(Unfit::ResponsesOnly));
        assert_eq!(of(None), Ok(Dialect::Responses));
    }
}
