/** The median of some runs of `task` in milliseconds. A task may return a promise. */
export async function median(rows, task) {
  const runs = rows > 200_000 ? 5 : 9;
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    times.push(await once(() => task(run)));
  }
  times.sort((one, other) => one - other);
  return times[(runs - 1) / 2];
}

export async function once(task) {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Lets the browser draw and collect garbage, as between two acts of a user. */
export function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
