//! A short list by number. There are a handful of pages and a page's worth of calls: a walk finds
//! them, in less code than a map would bring into the download.

/// Values by number, in the order of their arrival.
pub(super) struct Numbered<T>(Vec<(u64, T)>);

impl<T> Numbered<T> {
    pub(super) const fn new() -> Numbered<T> {
        Numbered(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, number: u64, value: T) {
        self.0.push((number, value));
    }

    pub(super) fn get(&self, number: u64) -> Option<&T> {
        self.0
            .iter()
            .find(|(known, _)| *known == number)
            .map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        self.0
            .iter_mut()
            .find(|(known, _)| *known == number)
            .map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<T> {
        let at = self.0.iter().position(|(known, _)| *known == number)?;
        Some(self.0.remove(at).1)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(u64, T)> {
        self.0.iter()
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.0.retain(|(_, value)| keep(value));
    }
}
