import { z } from 'zod';

// The content security policy forbids code made from strings. Zod decides how to parse when a schema is built, so this
// module has to run before any module of the contract: main.ts imports it first.
z.config({ jitless: true });
