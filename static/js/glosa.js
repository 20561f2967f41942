// Escape cierra la definición que está a la vista, sin mover el foco.
"use strict";

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const glosa of document.querySelectorAll(".glosa:is(:hover, :focus-within)")) {
    glosa.classList.add("callada");
    const vuelve = () => glosa.classList.remove("callada");
    glosa.addEventListener("mouseleave", vuelve, { once: true });
    glosa.addEventListener("focusout", vuelve, { once: true });
  }
});
