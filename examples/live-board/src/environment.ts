/** What the infrastructure file gives a function: `.reads(notes)` sets `NOTES_TABLE_NAME`. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
