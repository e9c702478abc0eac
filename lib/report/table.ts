import { Markup, markup, MarkupValue } from './markup';

export interface TableColumn {
  readonly title: string;
  /** Numbers are aligned right. */
  readonly numeric?: boolean;
}

export interface TableRow {
  readonly cells: readonly MarkupValue[];
  readonly id?: string;
  readonly className?: string;
}

/**
 * A table whose rows become cards on a narrow screen. The roles are explicit, since browsers drop those of a table that is not
 * laid out as one.
 */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
): Markup {
  const kind = ({ numeric = false }: TableColumn): string => (numeric ? 'number' : '');
  return markup`<table role="table">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          (column) =>
            markup`<th role="columnheader" scope="col" class="${kind(column)}">${column.title}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ cells, id, className }) =>
          markup`<tr
            role="row"
            ${id === undefined ? undefined : markup` id="${id}"`}
            class="${className ?? ''}"
          >
            ${columns.map((column, i) =>
              i === 0
                ? markup`<th role="rowheader" scope="row" class="${kind(column)}">${cells[i]}</th>`
                : markup`<td role="cell" data-title="${column.title}" class="${kind(column)}">
                    ${cells[i]}
                  </td>`,
            )}
          </tr> `,
      )}
    </tbody>
  </table>`;
}
