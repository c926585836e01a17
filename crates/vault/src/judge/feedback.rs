//! What zxcvbn says against a password, in our words: it knows English alone, and a sentence that is written here is found by the
//! test that asks for its translations.

use zxcvbn::feedback::{Feedback, Suggestion, Warning};

/// More would not be read while typing.
const MOST: usize = 2;

/// What is wrong first, then what would be better.
pub(super) fn sentences(feedback: &Feedback) -> Vec<String> {
    let warning = feedback.warning().map(wrong);
    let suggestions = feedback.suggestions().iter().copied().map(better);
    warning.into_iter().chain(suggestions).take(MOST).map(str::to_owned).collect()
}

fn wrong(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "Straight rows of keys are easy to guess.",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "Short keyboard patterns are easy to guess.",
        Warning::RepeatsLikeAaaAreEasyToGuess => "Repeats like aaa are easy to guess.",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            "Repeats like abcabcabc are only slightly harder to guess than abc."
        }
        Warning::ThisIsATop10Password => "This is one of the ten most common passwords.",
        Warning::ThisIsATop100Password => "This is one of the hundred most common passwords.",
        Warning::ThisIsACommonPassword => "This is a very common password.",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "This is similar to a commonly used password.",
        Warning::SequencesLikeAbcAreEasyToGuess => "Sequences like abc or 6543 are easy to guess.",
        Warning::RecentYearsAreEasyToGuess => "Recent years are easy to guess.",
        Warning::AWordByItselfIsEasyToGuess => "A word by itself is easy to guess.",
        Warning::DatesAreOftenEasyToGuess => "Dates are often easy to guess.",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => {
            "Names and surnames by themselves are easy to guess."
        }
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "Common names and surnames are easy to guess.",
    }
}

fn better(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "Use a few words, avoid common phrases.",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => {
            "No need for symbols, digits or capital letters."
        }
        Suggestion::AddAnotherWordOrTwo => super::ANOTHER_WORD,
        Suggestion::CapitalizationDoesntHelpVeryMuch => "Capital letters do not help very much.",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            "All capital letters are almost as easy to guess as all small ones."
        }
        Suggestion::ReversedWordsArentMuchHarderToGuess => "Reversed words are not much harder to guess.",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => {
            "Predictable replacements such as @ for a do not help very much."
        }
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => {
            "Use a longer keyboard pattern with more turns."
        }
        Suggestion::AvoidRepeatedWordsAndCharacters => "Avoid repeated words and characters.",
        Suggestion::AvoidSequences => "Avoid sequences.",
        Suggestion::AvoidRecentYears => "Avoid recent years.",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "Avoid years that have to do with you.",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            "Avoid dates and years that have to do with you."
        }
    }
}
