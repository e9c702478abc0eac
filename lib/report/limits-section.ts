import { LimitOnTheWay, OnTheWay, PEAK, PEAKS } from './limits-on-the-way';
import { markup, Markup, MarkupValue } from './markup';
import { Section } from './section';
import { table } from './table';
import { link, prose } from './text';
import { formatCount, formatInWords } from '../model/format-number';

/** The limits that the app reaches as the load grows. */
export function limitsSection(onTheWay: OnTheWay): Section {
  return {
    id: 'limits',
    title: 'Limits',
    short: 'Limits',
    content: markup`<p>The limits that the app reaches as the load grows to a billion events a month, each as if the earlier ones had been raised.
      The figures are calculated, not measured; the documentation of <code>Load.simulate</code> explains how.</p>
      <p class="tools"><label>The busiest second has
        <select id="peak" class="scripted" hidden>${PEAKS.map(
          (peak) =>
            markup`<option value="${peak}"${peak === PEAK ? markup` selected` : undefined}>${peak} ×</option>`,
        )}</select><span class="unscripted">${PEAK} ×</span> the mean of the month</label></p>
      <div id="limits-met">${limitsTable(onTheWay)}</div>`,
  };
}

/** The limits by load, numbered as in the chart. */
export function limitsTable({ crossings, limits }: OnTheWay): MarkupValue {
  const before = crossings.filter(({ fromEvents }) => fromEvents !== undefined).length;
  if (limits.length === 0) {
    return markup`<p class="none"><span class="badge good">none</span> No limit is reached up to a billion events a month.</p>`;
  }
  return table(
    'Limits by load',
    [
      { title: 'From' },
      { title: 'Limit' },
      { title: 'Reached by' },
      { title: 'Callers notice' },
      { title: 'Remedy' },
    ],
    limits.map((limit, i) => ({
      cells: [
        markup`<span class="number-mark limit">${before + i + 1}</span> ${formatInWords(limit.fromEvents)} events`,
        name(limit),
        markup`${limit.where}${limit.more > 0 ? ` and, later, ${formatCount(limit.more)} more` : undefined}`,
        prose(limit.callerSees),
        prose(limit.remedy),
      ],
    })),
  );
}

function name({ name: words, limit, unit, source }: LimitOnTheWay): Markup {
  const from = source.startsWith('https:') ? markup` (${link(source, 'AWS')})` : undefined;
  return markup`${words}: ${formatCount(limit)} ${unit}${from}`;
}
