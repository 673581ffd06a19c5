const formats = new Map();

function format(currency) {
  if (!formats.has(currency)) {
    formats.set(currency, new Intl.NumberFormat(undefined, { style: "currency", currency }));
  }
  return formats.get(currency);
}

/** The digits after the decimal separator. */
export function digits(currency) {
  return format(currency).resolvedOptions().maximumFractionDigits;
}

/** An amount of whole minor units in the currency's major unit. */
export function major({ currency, minors }) {
  return minors / 10 ** digits(currency);
}

/** An amount in the user's own notation. */
export function written(money) {
  return format(money.currency).format(major(money));
}
