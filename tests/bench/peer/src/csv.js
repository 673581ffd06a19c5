/** A text cell that a spreadsheet neither calculates nor splits (RFC 4180). */
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Records with the same keys as the bytes of a file. */
export function toCsv(records) {
  const names = Object.keys(records[0]);
  const lines = [names, ...records.map((record) => names.map((name) => record[name]))];
  const text = lines.map((line) => line.map(cell).join(",")).join("\r\n");
  return new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" });
}

/** Offers a file to the user. */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
