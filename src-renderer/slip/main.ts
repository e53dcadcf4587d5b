import '../app/no-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/atkinson-hyperlegible-mono/index.css';
import './page.css';
import { mount } from 'svelte';
import { SlipJob } from '../../src-main/contract/slip.ts';
import SlipSheet from '../parts/SlipSheet.svelte';

// The page that is printed: one slip, handed over in the part of the address that no server is ever told.
const target = document.querySelector('main');
if (!target) throw new Error('slip.html has no main element');
const job = SlipJob.parse(JSON.parse(decodeURIComponent(location.hash.slice(1))));
mount(SlipSheet, { target, props: job });
