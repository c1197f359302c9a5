//! The tables behind folding: which characters say nothing, which are another letter in disguise, which are pictures.
//!
//! They hold what people who want attention really type (styled alphabets, look-alikes, combining marks, invisible
//! marks), not the whole of Unicode: complete tables weigh more than all the rest of the page core. A character that
//! stands in none of them is taken as it is.

/// Invisible characters and those that only turn the direction or the look of others: they are as if not there.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{20d0}'..='\u{20f0}'
        // Vowel points of Hebrew and Arabic and the Arabic stretching stroke: written or not, the word is the same.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c2}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        // The dot under Devanagari letters, which few keyboards make easy.
        | '\u{93c}')
}

/// Marks that combine with the letter before them; most become part of it, the others are ornament.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Signs that belong inside a word although they are not letters: the vowel signs and viramas of Indic scripts, the
/// tone marks of Thai and Lao.
pub(super) fn is_inner_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{963}' | '\u{966}'..='\u{dff}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}')
}

/// Scripts written without spaces: each character is a word of its own, so that phrases can be found in them.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Pictures: emoji, dingbats, arrows and stars.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1f12f}' | '\u{1f18a}'..='\u{1faff}' | '\u{2190}'..='\u{21ff}' | '\u{231a}'..='\u{231b}'
        | '\u{23e9}'..='\u{23ff}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}'..='\u{2935}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}')
}

/// A flag is two of these.
pub(super) fn is_half_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// The plain letter, digit or sign that a styled one stands for: full width, mathematical, circled, squared, small capital.
pub(super) fn plain(c: char) -> char {
    let code = c as u32;
    let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
    match code {
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        0x1d400..=0x1d6a3 => letter(code - 0x1d400),
        0x1d7ce..=0x1d7ff => char::from(b'0' + ((code - 0x1d7ce) % 10) as u8),
        0x24b6..=0x24cf => letter(code - 0x24b6),
        0x24d0..=0x24e9 => letter(code - 0x24d0),
        0x1f130..=0x1f149 => letter(code - 0x1f130),
        0x1f150..=0x1f169 => letter(code - 0x1f150),
        0x1f170..=0x1f189 => letter(code - 0x1f170),
        0x2460..=0x2468 => char::from(b'1' + (code - 0x2460) as u8),
        _ => STYLED.binary_search_by_key(&c, |row| row.0).map_or(c, |i| STYLED[i].1),
    }
}

/// Whether a letter is Greek or Cyrillic, which have letters that look like Latin ones.
pub(super) fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}')
}

/// Letters of the commonest scripts beside ASCII that are never anything else: for them no table is asked.
pub(super) fn is_plain_letter(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{63f}'
        | '\u{641}'..='\u{64a}' | '\u{904}'..='\u{939}')
}

/// Small letters of Latin and Cyrillic that stay as they are: for them no table of capitals is asked.
pub(super) fn is_small(c: char) -> bool {
    matches!(c, 'ß'..='ö' | 'ø'..='ÿ' | '\u{430}'..='\u{45f}')
}

/// As `char::is_alphanumeric`, without a look into its table for the commonest.
pub(super) fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_plain_letter(c)
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
        || c.is_alphanumeric()
}

/// Whether a character belongs to a script without capitals: two looks into large tables are then saved.
pub(super) fn has_no_case(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109f}' | '\u{3040}'..='\u{9fff}')
}

/// One letter for those that people of one language write either way, each as their keyboard has it: the dotless i of
/// Turkish, the alefs, yehs, kafs and final feminine of Arabic, dots and nasal signs of Devanagari.
pub(super) fn one_of_several(c: char) -> char {
    match c {
        'ı' => 'i',
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        '\u{958}' => 'क',
        '\u{959}' => 'ख',
        '\u{95a}' => 'ग',
        '\u{95b}' => 'ज',
        '\u{95c}' => 'ड',
        '\u{95d}' => 'ढ',
        '\u{95e}' => 'फ',
        '\u{95f}' => 'य',
        '\u{901}' => '\u{902}',
        _ => c,
    }
}

/// Whether [`plain`] or [`ligature`] may change this character: one comparison for the many that they do not.
pub(super) fn may_be_styled(c: char) -> bool {
    matches!(c as u32, 0x262..=0x29f | 0x1d00..=0x1d22 | 0x2102..=0x2134 | 0x2460..=0x24e9 | 0xa730..=0xa731 | 0xfb00..=0xfb06
        | 0xff01..=0xff5e | 0x1d400..=0x1d7ff | 0x1f130..=0x1f189)
}

/// Two or three letters drawn as one.
pub(super) fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// Small capitals, and the letters that the mathematical alphabets borrow from elsewhere; sorted.
const STYLED: [(char, char); 47] = [
    ('ɢ', 'g'),
    ('ɪ', 'i'),
    ('ɴ', 'n'),
    ('ʀ', 'r'),
    ('ʏ', 'y'),
    ('ʙ', 'b'),
    ('ʜ', 'h'),
    ('ʟ', 'l'),
    ('ᴀ', 'a'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ᴍ', 'm'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ᴢ', 'z'),
    ('ℂ', 'c'),
    ('ℊ', 'g'),
    ('ℋ', 'h'),
    ('ℌ', 'h'),
    ('ℍ', 'h'),
    ('ℎ', 'h'),
    ('ℐ', 'i'),
    ('ℑ', 'i'),
    ('ℒ', 'l'),
    ('ℕ', 'n'),
    ('ℙ', 'p'),
    ('ℚ', 'q'),
    ('ℛ', 'r'),
    ('ℜ', 'r'),
    ('ℝ', 'r'),
    ('ℤ', 'z'),
    ('ℬ', 'b'),
    ('ℭ', 'c'),
    ('ℯ', 'e'),
    ('ℰ', 'e'),
    ('ℱ', 'f'),
    ('ℳ', 'm'),
    ('ℴ', 'o'),
    ('ꜰ', 'f'),
    ('ꜱ', 's'),
];

/// The Latin letter that a (lower-case) Cyrillic or Greek one looks like.
pub(super) fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ї' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'ν' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' | 'ζ' => 'z',
        _ => return None,
    })
}

/// The letter that a digit or sign replaces inside a word.
pub(super) fn leet(c: char) -> Option<char> {
    Some(match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => return None,
    })
}

/// One letter for a letter and a combining mark; none if the mark is mere ornament there.
pub(super) fn compose(base: char, mark: char) -> Option<char> {
    let row = COMPOSED.iter().find(|row| row.0 == mark)?;
    let at = row.1.chars().position(|c| c == base)?;
    row.2.chars().nth(at)
}

/// The accented letter without its accent, for accents that people leave out; none if it has none.
#[cfg(feature = "authoring")]
pub(super) fn bare(c: char) -> Option<char> {
    // A stroke is part of its letter, not a mark.
    let stroked = match c {
        'ł' => Some('l'),
        'đ' => Some('d'),
        'ø' => Some('o'),
        _ => None,
    };
    stroked.or_else(|| bare_of_marks(c))
}

#[cfg(feature = "authoring")]
fn bare_of_marks(c: char) -> Option<char> {
    COMPOSED.iter().find_map(|row| row.2.chars().position(|x| x == c).and_then(|at| row.1.chars().nth(at)))
}

/// Mark, letters, letters with the mark.
const COMPOSED: [(char, &str, &str); 13] = [
    ('\u{300}', "aeiounwy", "àèìòùǹẁỳ"),
    ('\u{301}', "aeiouyclnrszwgкг", "áéíóúýćĺńŕśźẃǵќѓ"),
    ('\u{302}', "aeioucghjswyzêâô", "âêîôûĉĝĥĵŝŵŷẑêâô"),
    ('\u{303}', "aeioun", "ãẽĩõũñ"),
    ('\u{304}', "aeiou", "āēīōū"),
    ('\u{306}', "aegiouи", "ăĕğĭŏŭй"),
    ('\u{307}', "acegz", "ȧċėġż"),
    ('\u{308}', "aeiouyеі", "äëïöüÿёї"),
    ('\u{30a}', "au", "åů"),
    ('\u{30b}', "ou", "őű"),
    ('\u{30c}', "cdenrstz", "čďěňřšťž"),
    ('\u{327}', "cegklnrst", "çȩģķļņŗşţ"),
    ('\u{328}', "aeiou", "ąęįǫų"),
];
