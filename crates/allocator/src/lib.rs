//! A memory allocator that overwrites with zeros what is freed.
//!
//! A program's wasm memory never shrinks, and an ordinary allocator leaves freed bytes as they are:
//! rows of a company, or pieces of a token that a growing string has left behind, could be read out
//! of it long after a sign-out. [`Zeroing`] wraps the allocator of every program of this workspace
//! that runs in a browser.
//!
//! What it does not reach: values that are still held, the stack, and JavaScript's own memory.

#![deny(missing_docs)]
// The trait `GlobalAlloc` is unsafe to implement and to call. Each call hands on the arguments that
// its caller vouches for; the one write stays inside the block that is about to be freed.
#![allow(unsafe_code)]

use core::alloc::{GlobalAlloc, Layout};
use core::hint::black_box;
use core::ptr;

/// An allocator that overwrites each block with zeros before `A` frees it.
///
/// A block that grows or shrinks is always moved: the old one is freed, and so overwritten, whole.
pub struct Zeroing<A>(A);

impl<A> Zeroing<A> {
    /// Wraps `inner`, which provides every block; `const` for a `#[global_allocator]` static.
    pub const fn new(inner: A) -> Zeroing<A> {
        Zeroing(inner)
    }
}

// SAFETY: every block comes from the inner allocator with the layout that the caller asked for, and
// goes back to it with the same one. `realloc` is the trait's own, which is made of these.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Zeroing<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller vouches for the layout.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller vouches for the layout.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller vouches that the block is allocated, has this layout, and is not used
        // any more.
        unsafe {
            ptr::write_bytes(block, 0, layout.size());
            // The compiler must not take the write for one that nothing reads.
            self.0.dealloc(black_box(block), layout);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::alloc::System;
    use std::cell::RefCell;

    /// Notes what each block holds when it is freed.
    #[derive(Default)]
    struct Spy {
        freed: RefCell<Vec<Vec<u8>>>,
    }

    // SAFETY: the system's allocator does the work; a block is read before it is freed.
    unsafe impl GlobalAlloc for Spy {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller vouches for the layout.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the caller vouches for the block and its layout.
            unsafe {
                let held = core::slice::from_raw_parts(block, layout.size());
                self.freed.borrow_mut().push(held.to_vec());
                System.dealloc(block, layout);
            }
        }
    }

    /// A block of `size` bytes, each of them 7.
    fn filled(allocator: &Zeroing<Spy>, size: usize) -> (*mut u8, Layout) {
        let layout = Layout::from_size_align(size, 8).unwrap();
        // SAFETY: the size is not zero, and the block is as long as is written.
        unsafe {
            let block = allocator.alloc(layout);
            assert!(!block.is_null());
            block.write_bytes(7, size);
            (block, layout)
        }
    }

    #[test]
    fn freed_block_is_overwritten_with_zeros() {
        for size in [1, 7, 8, 64, 1_000, 1_000_000] {
            let allocator = Zeroing::new(Spy::default());
            let (block, layout) = filled(&allocator, size);
            // SAFETY: the block is this allocator's and has this layout.
            unsafe { allocator.dealloc(block, layout) };
            assert_eq!(*allocator.0.freed.borrow(), [vec![0; size]]);
        }
    }

    #[test]
    fn reallocation_keeps_the_bytes_and_zeroes_the_old_block() {
        for (size, new_size) in [(16, 64), (64, 16), (1_000, 1_000_000), (1_000_000, 8)] {
            let allocator = Zeroing::new(Spy::default());
            let (block, layout) = filled(&allocator, size);
            // SAFETY: the block is this allocator's and has this layout; the new size is not zero.
            unsafe {
                let moved = allocator.realloc(block, layout, new_size);
                let kept = core::slice::from_raw_parts(moved, size.min(new_size));
                assert!(kept.iter().all(|byte| *byte == 7));
                assert_eq!(*allocator.0.freed.borrow(), [vec![0; size]]);
                let layout = Layout::from_size_align(new_size, 8).unwrap();
                allocator.dealloc(moved, layout);
            }
        }
    }

    #[test]
    fn alloc_zeroed_returns_zeros() {
        let allocator = Zeroing::new(Spy::default());
        let layout = Layout::from_size_align(100, 8).unwrap();
        // SAFETY: the size is not zero, and the block is as long as is read.
        unsafe {
            let block = allocator.alloc_zeroed(layout);
            let held = core::slice::from_raw_parts(block, 100);
            assert!(held.iter().all(|byte| *byte == 0));
            allocator.dealloc(block, layout);
        }
    }
}
