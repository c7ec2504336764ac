/** Numbers about this process for Prometheus, in its text format; few enough kinds that no library is needed. */

export type LabelValues = Readonly<Record<string, string | number>>;

export interface Counter {
  add(labels: LabelValues, amount?: number): void;
  /** The same for one set of labels, for those who count often. */
  of(labels: LabelValues): (amount?: number) => void;
}

export interface Histogram {
  /** In seconds. */
  observe(labels: LabelValues, seconds: number): void;
  of(labels: LabelValues): (seconds: number) => void;
}

export interface Metrics {
  counter(name: string, help: string): Counter;
  histogram(name: string, help: string): Histogram;
  /** Read when somebody looks; left out where it is undefined. */
  gauge(name: string, help: string, read: () => number | undefined, labels?: LabelValues): void;
  /** Everything, as Prometheus reads it. */
  text(): string;
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Upper bounds in seconds: those that Prometheus' own clients begin with. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Sets of labels of one metric: what callers choose must not fill the memory. */
const MOST_SERIES = 1_000;

const escaped = (value: string | number) => String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelled = (labels: LabelValues) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');

const line = (name: string, labels: string, value: number) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`;
const head = (name: string, help: string, type: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

/** The state of one set of labels; undefined where there are too many already. */
function seriesOf<T>(all: Map<string, T>, labels: LabelValues, make: () => T): T | undefined {
  const key = labelled(labels);
  const known = all.get(key);
  if (known !== undefined) return known;
  if (all.size >= MOST_SERIES) return undefined;
  const made = make();
  all.set(key, made);
  return made;
}

interface Observed {
  readonly buckets: number[];
  sum: number;
  count: number;
}

function histogramText(name: string, labels: string, { buckets, sum, count }: Observed): string {
  const before = labels === '' ? '' : `${labels},`;
  let total = 0;
  const rows = BUCKETS.map((bound, at) => line(`${name}_bucket`, `${before}le="${bound}"`, (total += buckets[at]!)));
  return [
    ...rows,
    line(`${name}_bucket`, `${before}le="+Inf"`, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ].join('');
}

interface Told {
  text(): string;
}

function newCounter(name: string): Counter & Told {
  const all = new Map<string, { value: number }>();
  const of: Counter['of'] = (labels) => {
    const series = seriesOf(all, labels, () => ({ value: 0 }));
    return (amount = 1) => {
      if (series) series.value += amount;
    };
  };
  return {
    of,
    add: (labels, amount) => of(labels)(amount),
    text: () => [...all].map(([labels, { value }]) => line(name, labels, value)).join(''),
  };
}

function newHistogram(name: string): Histogram & Told {
  const all = new Map<string, Observed>();
  const of: Histogram['of'] = (labels) => {
    const series = seriesOf(all, labels, (): Observed => ({ buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }));
    return (seconds) => {
      if (!series) return;
      const at = BUCKETS.findIndex((bound) => seconds <= bound);
      if (at >= 0) series.buckets[at]! += 1;
      series.sum += seconds;
      series.count += 1;
    };
  };
  return {
    of,
    observe: (labels, seconds) => of(labels)(seconds),
    text: () => [...all].map(([labels, observed]) => histogramText(name, labels, observed)).join(''),
  };
}

/** Counters, gauges and histograms as text of Prometheus; each keeps so many sets of labels and no more, so that callers can not fill the memory. */
export function createMetrics(): Metrics {
  const texts: (() => string)[] = [];
  const gauges = new Map<
    string,
    { readonly help: string; readonly reads: { readonly labels: string; readonly read: () => number | undefined }[] }
  >();

  return {
    counter(name, help) {
      const { text, ...counter } = newCounter(name);
      texts.push(() => head(name, help, 'counter') + text());
      return counter;
    },

    histogram(name, help) {
      const { text, ...histogram } = newHistogram(name);
      texts.push(() => head(name, help, 'histogram') + text());
      return histogram;
    },

    gauge(name, help, read, labels = {}) {
      const known = gauges.get(name) ?? { help, reads: [] };
      known.reads.push({ labels: labelled(labels), read });
      gauges.set(name, known);
    },

    text() {
      const rows = [...gauges].map(([name, { help, reads }]) => {
        const lines = reads.flatMap(({ labels, read }) => {
          const value = read();
          return value === undefined ? [] : [line(name, labels, value)];
        });
        return lines.length === 0 ? '' : head(name, help, 'gauge') + lines.join('');
      });
      return [...texts.map((one) => one()), ...rows].join('');
    },
  };
}
