import { AppModel, ChangedDefaultModel, DefaultModel } from '../model/app-model';
import { markup, Markup, MarkupValue } from './markup';
import { Section } from './section';
import { table } from './table';
import { prose, value } from './text';
import { formatPlural } from '../model/format-number';

/** Additional changes of one default are counted, not listed. */
const CHANGES_SHOWN = 12;

/** The defaults in force, and the changed ones. */
export function defaultsSection({ app, defaults }: AppModel): Section {
  const changed = defaults.filter((each) => each.changed.length > 0);
  const said =
    changed.length === 0
      ? 'None is changed.'
      : `${changed.length} of ${defaults.length} are changed, at ${formatPlural(
          changed.reduce((sum, each) => sum + each.changed.length, 0),
          'place',
        )}.`;
  return {
    id: 'defaults',
    title: 'Defaults in force',
    short: 'Defaults',
    content: markup`<p>The defaults of the stage ${app.stage}. ${said}</p>
      <details>
        <summary>All defaults</summary>
        ${
          changed.length === 0
            ? undefined
            : markup`<p class="tools">
                <label><input type="checkbox" id="only-changed" /> changed defaults only</label>
              </p>`
        }
        ${table(
          'The defaults in force',
          [{ title: 'Part' }, { title: 'Default' }, { title: 'Changed' }, { title: 'Why' }],
          defaults.map((each) => ({
            cells: [each.part, prose(each.value), changes(each), prose(each.reason)],
            className: each.changed.length > 0 ? 'changed' : 'unchanged',
          })),
        )}
      </details>`,
  };
}

function changes({ changed }: DefaultModel): MarkupValue {
  if (changed.length === 0) {
    return markup`<span class="quiet">no</span>`;
  }
  const more = changed.length - CHANGES_SHOWN;
  return markup`<ul>
    ${changed.slice(0, CHANGES_SHOWN).map(change)}${
      more > 0 ? markup`<li>and ${more} more</li>` : undefined
    }
  </ul>`;
}

function change({ at, prop, value: given }: ChangedDefaultModel): Markup {
  return markup`<li><code>${at}.${prop}</code> ${value(given)}</li>`;
}
