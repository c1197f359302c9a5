//! The names that lists have for the harmless stand-ins with which a request is answered.
//!
//! Every dialect has its own; `data/stand-ins.txt` says which file of ours each of them means. What it deliberately does
//! not do: know whether there is such a file, which is for those who ship them to say.

/// Our file, a colon, and the other names of it.
const NAMES: &str = include_str!("../../../data/stand-ins.txt");

/// The file that a name means; a name that nobody listed is a file's own.
pub(super) fn stand_in(name: &str) -> &str {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    lines.filter(|(_, names)| names.split(' ').any(|it| it == name)).map(|(file, _)| file).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_names_the_same_file() {
        for name in ["noop.js", "noopjs", "abp-resource:blank-js", "blank-js"] {
            assert_eq!(stand_in(name), "noop.js");
        }
        assert_eq!(stand_in("googletagservices.com/gpt.js"), "googletagservices_gpt.js");
        assert_eq!(stand_in("nobody-knows.js"), "nobody-knows.js");
    }

    #[test]
    fn no_name_means_two_files() {
        let lines = || NAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
        let all = || lines().flat_map(|(file, names)| names.split(' ').chain([file]));
        for name in all() {
            assert_eq!(all().filter(|it| *it == name).count(), 1, "{name}");
        }
    }
}
