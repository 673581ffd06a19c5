//! Joins WebAssembly modules of one program into one.
//!
//! The splitter's modules share memory, table and globals with the main module by import, call each
//! other through the table alone, and export nothing. Joining them is therefore a renumbering of types,
//! functions and imports.

use std::collections::HashMap;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, EntityType, FuncType,
    FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{Parser, Payload, TypeRef};

use crate::outcome::Outcome;

/// The modules as one.
///
/// # Errors
///
/// A module cannot be read, or it holds something that the splitter does not emit: an export, a start
/// function, a table or memory of its own.
pub fn merged(modules: &[&[u8]]) -> Outcome<Vec<u8>> {
    let mut joined = Joined::default();
    for module in modules {
        joined.take_types_and_imports(module)?;
    }
    joined.start_functions();
    for (at, module) in modules.iter().enumerate() {
        joined.take_functions(at, module)?;
    }
    Ok(joined.finish())
}

/// Where a module's own indices begin in the joined one.
#[derive(Default)]
struct Numbers {
    types: Vec<u32>,
    imported_functions: Vec<u32>,
    globals: Vec<u32>,
    /// Of the first function that the module defines.
    defined: u32,
    data: u32,
}

#[derive(Default)]
struct Joined {
    types: TypeSection,
    known_types: HashMap<FuncType, u32>,
    imports: ImportSection,
    known_imports: HashMap<(String, String), u32>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    imported_functions: u32,
    imported_globals: u32,
    defined: u32,
    data_count: u32,
    modules: Vec<Numbers>,
}

/// The renumbering of one module.
struct Renumber<'a>(&'a Numbers);

impl Reencode for Renumber<'_> {
    type Error = String;

    fn type_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        at(&self.0.types, index)
    }

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        let imported = u32::try_from(self.0.imported_functions.len()).unwrap_or(u32::MAX);
        match index.checked_sub(imported) {
            Some(own) => Ok(self.0.defined + own),
            None => at(&self.0.imported_functions, index),
        }
    }

    fn global_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        at(&self.0.globals, index)
    }

    fn data_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        Ok(self.0.data + index)
    }
}

fn at(numbers: &[u32], index: u32) -> Result<u32, reencode::Error<String>> {
    let found = numbers.get(index as usize).copied();
    found.ok_or_else(|| reencode::Error::UserError(format!("the index {index} is unknown")))
}

fn failed(error: impl std::fmt::Display) -> String {
    format!("a chunk cannot be joined with others: {error}")
}

impl Joined {
    fn take_types_and_imports(&mut self, module: &[u8]) -> Outcome {
        let mut numbers = Numbers::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(failed)? {
                Payload::TypeSection(section) => {
                    for function in section.into_iter_err_on_gc_types() {
                        let function = Renumber(&numbers)
                            .func_type(function.map_err(failed)?)
                            .map_err(failed)?;
                        let index = self.type_of(function);
                        numbers.types.push(index);
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        self.import(&mut numbers, import.map_err(failed)?)?;
                    }
                }
                _ => {}
            }
        }
        self.modules.push(numbers);
        Ok(())
    }

    fn type_of(&mut self, function: FuncType) -> u32 {
        if let Some(known) = self.known_types.get(&function) {
            return *known;
        }
        let index = self.types.len();
        self.types
            .ty()
            .function(function.params().to_vec(), function.results().to_vec());
        self.known_types.insert(function, index);
        index
    }

    fn import(&mut self, numbers: &mut Numbers, import: wasmparser::Import<'_>) -> Outcome {
        let entity = Renumber(numbers).entity_type(import.ty).map_err(failed)?;
        let name = (import.module.to_owned(), import.name.to_owned());
        let known = self.known_imports.get(&name).copied();
        let index = match known {
            Some(index) => index,
            None => {
                let index = match entity {
                    EntityType::Function(_) => next(&mut self.imported_functions),
                    EntityType::Global(_) => next(&mut self.imported_globals),
                    // The splitter shares one memory and one table.
                    _ => 0,
                };
                self.imports.import(import.module, import.name, entity);
                self.known_imports.insert(name, index);
                index
            }
        };
        match import.ty {
            TypeRef::Func(_) => numbers.imported_functions.push(index),
            TypeRef::Global(_) => numbers.globals.push(index),
            TypeRef::Memory(_) | TypeRef::Table(_) => {}
            other => return Err(failed(format!("it imports {other:?}"))),
        }
        Ok(())
    }

    /// From here on the number of imported functions is known.
    fn start_functions(&mut self) {
        self.defined = self.imported_functions;
    }

    fn take_functions(&mut self, at: usize, module: &[u8]) -> Outcome {
        let mut numbers = std::mem::take(&mut self.modules[at]);
        numbers.defined = self.defined;
        numbers.data = self.data_count;
        let mut renumber = Renumber(&numbers);
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(failed)? {
                Payload::FunctionSection(section) => {
                    self.defined += section.count();
                    renumber
                        .parse_function_section(&mut self.functions, section)
                        .map_err(failed)?;
                }
                Payload::ElementSection(section) => renumber
                    .parse_element_section(&mut self.elements, section)
                    .map_err(failed)?,
                Payload::CodeSectionEntry(body) => renumber
                    .parse_function_body(&mut self.code, body)
                    .map_err(failed)?,
                Payload::DataSection(section) => {
                    self.data_count += section.count();
                    renumber
                        .parse_data_section(&mut self.data, section)
                        .map_err(failed)?;
                }
                Payload::Version { .. }
                | Payload::TypeSection(_)
                | Payload::ImportSection(_)
                | Payload::CodeSectionStart { .. }
                | Payload::DataCountSection { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                Payload::ExportSection(section) if section.count() == 0 => {}
                Payload::TableSection(section) if section.count() == 0 => {}
                Payload::MemorySection(section) if section.count() == 0 => {}
                Payload::GlobalSection(section) if section.count() == 0 => {}
                other => return Err(failed(format!("it holds {other:?}"))),
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module
            .section(&self.types)
            .section(&self.imports)
            .section(&self.functions)
            .section(&self.elements);
        if self.data_count > 0 {
            module.section(&DataCountSection {
                count: self.data_count,
            });
        }
        module.section(&self.code).section(&self.data);
        module.finish()
    }
}

fn next(count: &mut u32) -> u32 {
    *count += 1;
    *count - 1
}
