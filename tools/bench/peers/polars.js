// Reads the file once for each line of the input, and answers with the time. POLARS_MAX_THREADS is set by the caller.
let pl;
try {
  pl = require('nodejs-polars');
} catch {
  process.exit(3); // not installed
}
const file = process.argv[2];
console.log('ready');
require('readline').createInterface({ input: process.stdin }).on('line', () => {
  const header = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, pl.Float32]).concat([['label', pl.Float32]]));
  const start = process.hrtime.bigint();
  const table = pl.readCSV(file, { schema: header, dtypes: header });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const sum = table.getColumn('f0').cast(pl.Float64).sum();
  console.log(JSON.stringify({ seconds, quality: Math.round((sum + table.height) * 10) / 10, peakBytes: 0 }));
});
