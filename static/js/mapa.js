// Al señalar un territorio, su cifra se lee debajo del mapa y su fila se ve en la tabla; y al revés.
"use strict";

const lectura = document.querySelector(".mapa-lectura");
const parejas = new Map();
for (const fila of document.querySelectorAll(".tabla-del-mapa tbody tr")) {
  const territorio = document.querySelector(`.mapa a[href="#${fila.id}"]`);
  parejas.set(fila, territorio).set(territorio, fila);
}

function senalar(suceso, puesto) {
  const uno = suceso.target.closest?.(".mapa a, .tabla-del-mapa tbody tr");
  const otro = parejas.get(uno);
  if (!otro) return;
  uno.classList.toggle("senalado", puesto);
  otro.classList.toggle("senalado", puesto);
  const territorio = uno.matches(".mapa a") ? uno : otro;
  lectura.hidden = false;
  lectura.textContent = puesto ? territorio.querySelector("title").textContent : "";
}

for (const [suceso, puesto] of Object.entries({
  mouseover: true,
  mouseout: false,
  focusin: true,
  focusout: false,
})) {
  document.addEventListener(suceso, (cual) => senalar(cual, puesto));
}
