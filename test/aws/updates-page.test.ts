import * as fs from 'node:fs';
import * as path from 'node:path';
import { renderUpdatesPage } from '../../scripts/updates-page';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'updates.md');

test('docs/updates.md has every edit of the matrix', () => {
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(renderUpdatesPage());
});
