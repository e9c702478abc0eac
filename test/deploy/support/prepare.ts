import { bootstrappedState } from './bootstrap';
import { obstacle, ownsEmulator } from './target';

/** Installs and bootstraps the emulator once, before jest's workers start. */
export default async function prepare(): Promise<void> {
  if (ownsEmulator() && obstacle() === undefined) {
    await bootstrappedState();
  }
}
