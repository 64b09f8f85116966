"""The admin area "Clips": bring a film, watch it being made, give it captions, choose its picture, take it away."""
