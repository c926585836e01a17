// What is drawn is on the screen when the frame after the next one begins; our own page waits in the same way.
const invoke = () =>
  window.__TAURI_INTERNALS__.invoke('page_painted', new TextEncoder().encode('{"screen":"gate"}'));
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(invoke)));
