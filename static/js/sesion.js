// Avisa dos minutos antes de que la sesión se duerma y deja seguir sin perder lo escrito.
"use strict";

const dialogo = document.getElementById("sesion-por-dormir");
const MINUTO = 60 * 1000;
let espera;

function contar() {
  clearTimeout(espera);
  espera = setTimeout(() => dialogo.showModal(), (Number(dialogo.dataset.minutos) - 2) * MINUTO);
}

dialogo.querySelector("form").addEventListener("submit", async (suceso) => {
  suceso.preventDefault();
  const formulario = suceso.target;
  try {
    const respuesta = await fetch(formulario.action, {
      method: "POST",
      body: new FormData(formulario),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (respuesta.status !== 204) throw new Error(respuesta.status);
    dialogo.close();
    contar();
  } catch {
    // Ya se durmió o no hay red: no se toca la página, que guarda lo que la persona escribió.
    dialogo.querySelector("p").textContent =
      "No se pudo alargar la sesión. Copie lo que no haya guardado y entre de nuevo.";
  }
});

contar();
