import { AppModel, FindingModel } from '../model/app-model';
import { markup, Markup, MarkupValue } from './markup';
import { Section } from './section';
import { table } from './table';
import { linked } from './text';
import { formatPlural } from '../model/format-number';

const PREFIX = 'cdk-serverless-app:';

/** The findings of the guards, and the acknowledged ones with their reasons. */
export function guardsSection({ guards }: AppModel): Section {
  const findings = guards?.findings ?? [];
  const open = findings.filter(({ acknowledged }) => acknowledged === undefined);
  return {
    id: 'guards',
    title: 'Guard findings',
    short: 'Guards',
    content: markup`${summary(findings.length, open.length)}
      ${findings.length === 0 ? undefined : findingsTable(findings)}
      ${accepted(guards?.acknowledged ?? [])}`,
  };
}

/** The number of findings that nobody acknowledged. */
export function openFindings({ guards }: AppModel): number {
  return (guards?.findings ?? []).filter(({ acknowledged }) => acknowledged === undefined).length;
}

function summary(all: number, open: number): Markup {
  if (all === 0) {
    return markup`<p class="none"><span class="badge good">none</span> The guards found nothing that AWS would reject or that causes trouble later.</p>`;
  }
  const accepted = all - open;
  return markup`<p>${formatPlural(open, 'finding')} open${accepted > 0 ? `, ${accepted} accepted` : ''}.</p>`;
}

/** Open findings first, errors before warnings. */
function findingsTable(findings: readonly FindingModel[]): Markup {
  const rank = ({ acknowledged, severity }: FindingModel): number =>
    acknowledged !== undefined ? 2 : severity === 'error' ? 0 : 1;
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return table(
    'Guard findings',
    [{ title: 'Finding' }, { title: 'State' }, { title: 'Where' }, { title: 'What' }],
    sorted.map((finding) => ({
      cells: [
        markup`<span class="name">${withoutPrefix(finding.id)}</span>`,
        state(finding),
        markup`<code>${finding.prop}</code>`,
        what(finding),
      ],
    })),
  );
}

function state({ severity, acknowledged }: FindingModel): Markup {
  if (acknowledged !== undefined) {
    return markup`<span class="badge">accepted</span>`;
  }
  return markup`<span class="badge ${severity === 'error' ? 'bad' : 'warn'}">${severity}</span>`;
}

function what({ message, acknowledged }: FindingModel): MarkupValue {
  const reason =
    acknowledged === undefined
      ? undefined
      : markup`<p class="reason">Accepted: ${acknowledged}</p>`;
  return markup`${linked(message)}${reason}`;
}

function accepted(
  all: ReadonlyArray<{ readonly id: string; readonly reason: string; readonly path: string }>,
): Markup | undefined {
  if (all.length === 0) {
    return undefined;
  }
  return markup`<h3>Acknowledged warnings</h3>${table(
    'Acknowledgements',
    [{ title: 'Warning' }, { title: 'For' }, { title: 'Reason' }],
    all.map(({ id, path, reason }) => ({
      cells: [
        markup`<span class="name">${withoutPrefix(id)}</span>`,
        markup`<code>${path}</code>`,
        reason,
      ],
    })),
  )}`;
}

function withoutPrefix(id: string): string {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
}
