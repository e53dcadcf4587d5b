import './app/no-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/atkinson-hyperlegible-mono/index.css';
import './app/tokens.css';
import './app/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { t } from './i18n/index.ts';
import { Workplace } from './state/workplace.svelte.ts';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element with the id "app"');

document.documentElement.lang = t.languageTag;
document.title = t.product;
const workplace = new Workplace(window.carrel);
mount(App, { target: root, props: { workplace } });
workplace.start();
