// Kun i forhåndsvisningen: henter siden igen, når den er bygget, og siger til, når den ikke kunne bygges.
(() => {
  const shown = "{version}";
  const note = document.createElement("div");
  note.setAttribute("role", "status");
  note.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9999;max-height:40vh;overflow:auto;padding:.75rem 1rem;" +
    "background:#7a1f1f;color:#fff;font:14px/1.4 system-ui,sans-serif;white-space:pre-wrap";
  new EventSource("/_forhaandsvisning").onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== shown) return location.reload();
    note.textContent = state.error;
    if (state.error) document.body.append(note); else note.remove();
  };
})();
