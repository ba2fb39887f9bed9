// Pieces as paths in the unit square around (0, 0): a king with a crown for oneself, pawns for the
// others, a wanderer with a lantern for an NPC.

const pawn = new Path2D();
pawn.arc(0, -0.17, 0.13, 0, 2 * Math.PI);
pawn.closePath();
pawn.moveTo(-0.15, -0.05);
pawn.lineTo(0.15, -0.05);
pawn.quadraticCurveTo(0.06, 0.08, 0.17, 0.24);
pawn.lineTo(-0.17, 0.24);
pawn.quadraticCurveTo(-0.06, 0.08, -0.15, -0.05);
pawn.closePath();
pawn.roundRect(-0.24, 0.24, 0.48, 0.1, 0.04);

const king = new Path2D();
king.moveTo(-0.13, -0.1);
king.lineTo(0.13, -0.1);
king.quadraticCurveTo(0.07, 0.08, 0.18, 0.24);
king.lineTo(-0.18, 0.24);
king.quadraticCurveTo(-0.07, 0.08, -0.13, -0.1);
king.closePath();
king.roundRect(-0.26, 0.24, 0.52, 0.1, 0.04);

const crown = new Path2D();
crown.moveTo(-0.17, -0.1);
crown.lineTo(-0.24, -0.32);
crown.lineTo(-0.09, -0.22);
crown.lineTo(0, -0.38);
crown.lineTo(0.09, -0.22);
crown.lineTo(0.24, -0.32);
crown.lineTo(0.17, -0.1);
crown.closePath();

const wanderer = new Path2D();
wanderer.moveTo(0, -0.32);
wanderer.quadraticCurveTo(0.2, -0.3, 0.2, 0);
wanderer.lineTo(0.22, 0.32);
wanderer.lineTo(0.11, 0.24);
wanderer.lineTo(0, 0.32);
wanderer.lineTo(-0.11, 0.24);
wanderer.lineTo(-0.22, 0.32);
wanderer.lineTo(-0.2, 0);
wanderer.quadraticCurveTo(-0.2, -0.3, 0, -0.32);
wanderer.closePath();

const eyes = new Path2D();
eyes.arc(-0.07, -0.1, 0.035, 0, 2 * Math.PI);
eyes.closePath();
eyes.moveTo(0.105, -0.1);
eyes.arc(0.07, -0.1, 0.035, 0, 2 * Math.PI);

const base = new Path2D();
base.ellipse(0, 0.33, 0.27, 0.07, 0, 0, 2 * Math.PI);

/** Draws one piece around the origin of a context whose unit is a cell. */
export function drawPiece(context, { own, npc }, fill, colours) {
  context.fillStyle = colours.shadow;
  context.fill(base);
  context.lineJoin = 'round';
  context.lineWidth = 0.035;
  context.strokeStyle = colours.outline;
  context.fillStyle = fill;
  const body = npc ? wanderer : own ? king : pawn;
  context.stroke(body);
  context.fill(body);
  if (npc) {
    context.fillStyle = colours.outline;
    context.fill(eyes);
  } else if (own) {
    context.fillStyle = colours.crown;
    context.stroke(crown);
    context.fill(crown);
  }
}
