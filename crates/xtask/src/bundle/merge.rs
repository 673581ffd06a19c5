//! Joins WebAssembly modules of one program into one.
//!
//! The splitter's modules share memory, table and globals with the main module by import, call each
//! other through the table alone, and export nothing. Joining them is therefore a renumbering of types,
//! functions and imports.
//!
//! For each function of another module that it calls, a module has a *shim*, which passes its parameters
//! on to a slot of the table. Where both are joined, the call is made direct and the shim is left out;
//! shims for the same slot become one. More than half of all functions are shims.

use std::collections::HashMap;

use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, EntityType, FuncType,
    FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{ElementItems, ElementKind, FunctionBody, Operator, Parser, Payload, TypeRef};

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
        joined.read(module)?;
    }
    joined.number_functions();
    for (at, module) in modules.iter().enumerate() {
        joined.take_functions(at, module)?;
    }
    Ok(joined.finish())
}

/// What a module's indices are in the joined one.
#[derive(Default)]
struct IndexMap {
    types: Vec<u32>,
    imported_functions: Vec<u32>,
    globals: Vec<u32>,
    /// The functions that the module defines.
    own: Vec<Own>,
    /// Of the first data segment.
    data: u32,
}

/// A function that a module defines.
#[derive(Clone, Copy)]
struct Own {
    /// Its type in the joined module.
    kind: u32,
    /// The slot of the table that it passes its parameters on to, if it does nothing else.
    slot: Option<u32>,
    /// The function that is called in its place; the joined module is then without this one.
    replaced_by: Option<Position>,
    /// Its index in the joined module, or that of the function in its place.
    index: u32,
}

/// A module's position among those to join, and a function's among those that the module defines.
type Position = (usize, usize);

#[derive(Default)]
struct Joined {
    types: TypeSection,
    known_types: HashMap<FuncType, u32>,
    imports: ImportSection,
    known_imports: HashMap<(String, String), u32>,
    /// The functions that the modules put into the table, by slot.
    slots: HashMap<u32, Position>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    imported_functions: u32,
    imported_globals: u32,
    data_count: u32,
    modules: Vec<IndexMap>,
}

/// The renumbering of one module.
struct Renumber<'a>(&'a IndexMap);

impl Reencode for Renumber<'_> {
    type Error = String;

    fn type_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        at(&self.0.types, index)
    }

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error<String>> {
        match own_function(self.0, index) {
            Some(own) => Ok(own.index),
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

fn own_function(numbers: &IndexMap, index: u32) -> Option<Own> {
    let own = (index as usize).checked_sub(numbers.imported_functions.len())?;
    numbers.own.get(own).copied()
}

fn failed(error: impl std::fmt::Display) -> String {
    format!("a chunk cannot be joined with others: {error}")
}

impl Joined {
    /// Reads what must be known of every module before functions are numbered.
    fn read(&mut self, module: &[u8]) -> Outcome {
        let mut numbers = IndexMap::default();
        let mut bodies = 0;
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
                Payload::FunctionSection(section) => {
                    for kind in section {
                        numbers.own.push(Own {
                            kind: at(&numbers.types, kind.map_err(failed)?).map_err(failed)?,
                            slot: None,
                            replaced_by: None,
                            index: 0,
                        });
                    }
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        self.read_slots(&numbers, &element.map_err(failed)?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let shim = slot_of_shim(&body).map_err(failed)?;
                    if let (Some((slot, kind)), Some(own)) = (shim, numbers.own.get_mut(bodies)) {
                        let passes_all = numbers.types.get(kind as usize) == Some(&own.kind);
                        own.slot = passes_all.then_some(slot);
                    }
                    bodies += 1;
                }
                _ => {}
            }
        }
        self.modules.push(numbers);
        Ok(())
    }

    fn read_slots(&mut self, numbers: &IndexMap, element: &wasmparser::Element<'_>) -> Outcome {
        let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            return Ok(());
        };
        let Operator::I32Const { value } =
            offset_expr.get_operators_reader().read().map_err(failed)?
        else {
            return Ok(());
        };
        let first = value.cast_unsigned();
        for (slot, function) in (first..).zip(functions.clone()) {
            let function = function.map_err(failed)? as usize;
            if let Some(own) = function.checked_sub(numbers.imported_functions.len()) {
                self.slots.insert(slot, (self.modules.len(), own));
            }
        }
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

    fn import(&mut self, numbers: &mut IndexMap, import: wasmparser::Import<'_>) -> Outcome {
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
    fn number_functions(&mut self) {
        let mut index = self.imported_functions;
        let mut shims = HashMap::new();
        for module in 0..self.modules.len() {
            for own in 0..self.modules[module].own.len() {
                let replaced_by = self.replacement((module, own), &mut shims);
                let function = &mut self.modules[module].own[own];
                function.replaced_by = replaced_by;
                if replaced_by.is_none() {
                    function.index = next(&mut index);
                }
            }
        }
        for module in 0..self.modules.len() {
            for own in 0..self.modules[module].own.len() {
                if let Some(other) = self.modules[module].own[own].replaced_by {
                    self.modules[module].own[own].index = self.function(other).index;
                }
            }
        }
    }

    /// The function that replaces the shim at `position`: the one that it calls, if that is joined too, or
    /// the first shim for the same slot. `None` if the function is no shim or is that first one.
    fn replacement(
        &self,
        position: Position,
        shims: &mut HashMap<(u32, u32), Position>,
    ) -> Option<Position> {
        let Own { kind, slot, .. } = self.function(position);
        let slot = slot?;
        let called = self.slots.get(&slot).copied().filter(|called| {
            let called = self.function(*called);
            called.kind == kind && called.slot.is_none()
        });
        let first = *shims.entry((slot, kind)).or_insert(position);
        called.or((first != position).then_some(first))
    }

    fn function(&self, (module, own): Position) -> Own {
        self.modules[module].own[own]
    }

    fn take_functions(&mut self, at: usize, module: &[u8]) -> Outcome {
        let mut numbers = std::mem::take(&mut self.modules[at]);
        numbers.data = self.data_count;
        let mut renumber = Renumber(&numbers);
        let mut bodies = numbers.own.iter();
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(failed)? {
                Payload::ElementSection(section) => renumber
                    .parse_element_section(&mut self.elements, section)
                    .map_err(failed)?,
                Payload::CodeSectionEntry(body) => {
                    let own = bodies.next();
                    if let Some(own) = own.filter(|own| own.replaced_by.is_none()) {
                        self.functions.function(own.kind);
                        renumber
                            .parse_function_body(&mut self.code, body)
                            .map_err(failed)?;
                    }
                }
                Payload::DataSection(section) => {
                    self.data_count += section.count();
                    renumber
                        .parse_data_section(&mut self.data, section)
                        .map_err(failed)?;
                }
                Payload::Version { .. }
                | Payload::TypeSection(_)
                | Payload::ImportSection(_)
                | Payload::FunctionSection(_)
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

/// The slot of the table to which a function passes its parameters on, if it does nothing else, and the
/// type of the function that it expects there.
fn slot_of_shim(
    body: &FunctionBody<'_>,
) -> Result<Option<(u32, u32)>, wasmparser::BinaryReaderError> {
    let mut operators = body.get_operators_reader()?;
    let mut parameters = 0;
    let mut operator = operators.read()?;
    while matches!(operator, Operator::LocalGet { local_index } if local_index == parameters) {
        parameters += 1;
        operator = operators.read()?;
    }
    let Operator::I32Const { value } = operator else {
        return Ok(None);
    };
    let Operator::CallIndirect { type_index, .. } = operators.read()? else {
        return Ok(None);
    };
    let is_all = matches!(operators.read()?, Operator::End);
    Ok(is_all.then_some((value.cast_unsigned(), type_index)))
}

fn next(count: &mut u32) -> u32 {
    *count += 1;
    *count - 1
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, Elements, Function, InstructionSink, RefType, TableType, ValType,
    };
    use wasmparser::Validator;

    use super::*;

    /// A module of functions from one number to one, the first of them in the table at `slot`.
    fn module(slot: Option<u32>, bodies: &[&dyn Fn(&mut InstructionSink<'_>)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        let table = TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 10,
            maximum: None,
            shared: false,
        };
        imports.import("main", "table", table);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for body in bodies {
            functions.function(0);
            let mut function = Function::new([]);
            body(&mut function.instructions());
            function.instructions().end();
            code.function(&function);
        }
        let mut elements = ElementSection::new();
        if let Some(slot) = slot {
            let offset = ConstExpr::i32_const(slot.cast_signed());
            elements.active(Some(0), &offset, Elements::Functions([0].as_slice().into()));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&elements).section(&code);
        module.finish()
    }

    fn add_one(body: &mut InstructionSink<'_>) {
        body.local_get(0).i32_const(1).i32_add();
    }

    fn shim_of_slot_5(body: &mut InstructionSink<'_>) {
        body.local_get(0).i32_const(5).call_indirect(0, 0);
    }

    fn call_first(body: &mut InstructionSink<'_>) {
        body.local_get(0).call(0);
    }

    /// The functions that each function of the valid `module` calls by name.
    fn calls(module: &[u8]) -> Vec<Vec<u32>> {
        Validator::new().validate_all(module).unwrap();
        let bodies =
            Parser::new(0)
                .parse_all(module)
                .filter_map(|payload| match payload.unwrap() {
                    Payload::CodeSectionEntry(body) => Some(body),
                    _ => None,
                });
        bodies
            .map(|body| {
                let operators = body.get_operators_reader().unwrap().into_iter();
                operators
                    .filter_map(|operator| match operator.unwrap() {
                        Operator::Call { function_index } => Some(function_index),
                        _ => None,
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_call_of_a_joined_function_is_direct_and_its_shim_is_left_out() {
        let one = module(Some(5), &[&add_one]);
        let other = module(None, &[&shim_of_slot_5, &call_first]);
        assert_eq!(calls(&merged(&[&one, &other]).unwrap()), [vec![], vec![0]]);
        assert_eq!(calls(&merged(&[&other, &one]).unwrap()), [vec![1], vec![]]);
    }

    #[test]
    fn shims_of_a_function_in_another_file_become_one() {
        let one = module(None, &[&shim_of_slot_5, &call_first]);
        let joined = merged(&[&one, &one]).unwrap();
        assert_eq!(calls(&joined), [vec![], vec![0], vec![0]]);
    }

    #[test]
    fn a_function_that_does_more_than_pass_its_parameters_on_stays() {
        let one = module(Some(5), &[&add_one]);
        let doubled = |body: &mut InstructionSink<'_>| {
            body.local_get(0).i32_const(5).call_indirect(0, 0);
            body.i32_const(2).i32_mul();
        };
        let other = module(None, &[&doubled, &call_first]);
        let joined = merged(&[&one, &other]).unwrap();
        assert_eq!(calls(&joined), [vec![], vec![], vec![1]]);
    }
}
