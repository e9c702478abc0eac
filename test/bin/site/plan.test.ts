import { CACHE_CONTROL, cacheClassOf } from '../../../lib/model/web-files';
import { MOST_PATHS, planUpload, UploadPlan } from '../../../bin/site/plan';
import type { SiteFile } from '../../../bin/site/site-store';

function file(key: string, md5 = 'new'): SiteFile {
  const cacheControl = CACHE_CONTROL[cacheClassOf(key)];
  return { key, file: key, bytes: 1, md5, contentType: 'x', cacheControl };
}

const keysOf = ({ put }: UploadPlan): string[][] => put.map((group) => group.map(({ key }) => key));

const INDEX = file('index.html');
const SCRIPT = file('main-BX3k9aZ1.js');
const ICON = file('favicon.ico');

test('an empty bucket gets everything: hashed files, then others, then pages; nothing is cached yet', () => {
  const plan = planUpload([ICON, INDEX, SCRIPT], [], {});

  expect(keysOf(plan)).toEqual([['main-BX3k9aZ1.js'], ['favicon.ico'], ['index.html']]);
  expect([plan.remove, plan.invalidate]).toEqual([[], []]);
});

test('only what changed is uploaded, and its path invalidated', () => {
  const remote = [
    { key: 'index.html', md5: 'old' },
    { key: 'favicon.ico', md5: 'new' },
  ];

  const plan = planUpload([INDEX, ICON, SCRIPT], remote, {});

  expect(keysOf(plan)).toEqual([['main-BX3k9aZ1.js'], ['index.html']]);
  expect(plan.invalidate).toEqual(['/index.html']);
});

test('what is gone is deleted and invalidated; with `keep` it stays', () => {
  const remote = [
    { key: 'index.html', md5: 'new' },
    { key: 'a b/ä.txt', md5: 'x' },
  ];

  expect(planUpload([INDEX], remote, {})).toEqual({
    put: [],
    remove: ['a b/ä.txt'],
    invalidate: ['/a%20b/%C3%A4.txt'],
  });
  expect(planUpload([INDEX], remote, { keep: true })).toEqual({
    put: [],
    remove: [],
    invalidate: [],
  });
});

test('with `force` everything is uploaded; an object without a known digest always is', () => {
  expect(keysOf(planUpload([INDEX], [{ key: 'index.html', md5: 'new' }], { force: true }))).toEqual(
    [['index.html']],
  );
  expect(keysOf(planUpload([INDEX], [{ key: 'index.html' }], {}))).toEqual([['index.html']]);
});

test.each([
  [MOST_PATHS, MOST_PATHS],
  [MOST_PATHS + 1, 1],
])('of %d changed paths, %d are invalidated: above the limit a wildcard', (changed, expected) => {
  const remote = Array.from({ length: changed }, (_, i) => ({ key: `${i}.txt`, md5: 'x' }));

  const { invalidate } = planUpload([INDEX], remote, {});

  expect(invalidate).toHaveLength(expected);
  expect(invalidate.includes('/*')).toBe(changed > MOST_PATHS);
});

test('all paths are invalidated on request, even where nothing changed', () => {
  const remote = [{ key: 'index.html', md5: 'new' }];

  expect(planUpload([INDEX], remote, { invalidateAll: true }).invalidate).toEqual(['/*']);
});
