//! A map for few entries. Its linear search needs less code in the download than a map of the
//! standard library.

/// Values by id, in the order of insertion.
pub(super) struct IdMap<T>(Vec<(u64, T)>);

impl<T> IdMap<T> {
    pub(super) const fn new() -> IdMap<T> {
        IdMap(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn insert(&mut self, id: u64, value: T) {
        self.0.push((id, value));
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.0
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut T> {
        self.0
            .iter_mut()
            .find(|(known, _)| *known == id)
            .map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<T> {
        let at = self.0.iter().position(|(known, _)| *known == id)?;
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
