// Pone al día el avance de un trabajo: vuelve a pedir su página y cambia solo ese pedazo.
"use strict";

const CADA = 1500;

for (const avance of document.querySelectorAll("[data-avance]:not([data-terminado])")) {
  let actual = avance;

  const consultar = async () => {
    try {
      const respuesta = await fetch(actual.dataset.avance, { credentials: "same-origin" });
      if (respuesta.ok) {
        const pagina = new DOMParser().parseFromString(await respuesta.text(), "text/html");
        const nuevo = pagina.getElementById(actual.id);
        // Si ya no está o terminó, la página entera tiene algo nuevo que decir.
        if (!nuevo || "terminado" in nuevo.dataset) return location.reload();
        if (nuevo.innerHTML !== actual.innerHTML) {
          const conFoco = actual.contains(document.activeElement);
          actual.replaceChildren(...nuevo.childNodes);
          if (conFoco) actual.querySelector("a")?.focus();
        }
      }
    } catch {
      // Sin red: se intenta en la próxima vuelta.
    }
    setTimeout(consultar, document.hidden ? CADA * 4 : CADA);
  };

  setTimeout(consultar, CADA);
}
