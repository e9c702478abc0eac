import { eventNamed, saveEvent } from '../../../bin/invoke/saved-events';
import { fs, path, tempFolder } from '../../support/synth';

test('a saved event is found by its name, and is a readable file of the project', () => {
  const project = tempFolder();
  const file = saveEvent('large-order', '{"id":"1","total":9}', project);

  expect(path.relative(project, file)).toBe(path.join('events', 'large-order.json'));
  expect(fs.readFileSync(file, 'utf8')).toBe('{\n  "id": "1",\n  "total": 9\n}\n');
  expect(JSON.parse(eventNamed('large-order', project))).toEqual({ id: '1', total: 9 });
});

test('a file comes before a saved event, which needs no `.json`', () => {
  const project = tempFolder({ 'order.json': '{"of":"file"}' });
  saveEvent('order', '{"of":"name"}', project);

  expect(eventNamed(path.join(project, 'order.json'), project)).toBe('{"of":"file"}');
  expect(JSON.parse(eventNamed('order', project))).toEqual({ of: 'name' });
});

test('the same event may be saved again, and another one does not replace it', () => {
  const project = tempFolder();
  saveEvent('order', '{"a":1}', project);

  expect(() => saveEvent('order', '{ "a": 1 }', project)).not.toThrow();
  expect(() => saveEvent('order', '{"a":2}', project)).toThrow('there is another event in');
});

test.each(['../order', 'a/b', '', '.hidden', 'a b'])(
  'fails to save under the name `%s`',
  (name) => {
    const project = tempFolder();

    expect(() => saveEvent(name, '{}', project)).toThrow('`--save` must be a name of letters');
    expect(fs.readdirSync(project)).toEqual([]);
  },
);

test('fails with a name that is not saved, and lists those that are', () => {
  const project = tempFolder();
  expect(() => eventNamed('order', project)).toThrow('there is no file and no saved event `order`');
  saveEvent('large', '{}', project);

  expect(() => eventNamed('order', project)).toThrow(
    expect.objectContaining({ remedy: 'name a file, or one of large' }) as Error,
  );
  expect(() => eventNamed('./order.json', project)).toThrow('cannot be read (ENOENT)');
});
