package e2e

import "example.org/tandem/internal/locale"

// typed is what people write in the main job, each in their own language.
type typed struct {
	Title, Purpose, Topic, Second, Note, Decision, Action, Progress, Reservation string
}

var texts = map[locale.Language]typed{
	locale.Russian: {
		Title: "Запасы на осень", Purpose: "Договориться, чем поможем друг другу осенью.", Topic: "Маски и дезинфекция", Second: "Кто что передаёт",
		Note: "В области осталось 400 масок.\n\n- хватит на три недели\n- волонтёры готовы развозить", Decision: "До сентября обе стороны считают запасы одинаково.",
		Action: "Прислать список запасов", Progress: "Список готов, осталось перевести.", Reservation: "Цифры по Минску уточним.",
	},
	locale.Belarusian: {
		Title: "Запасы на восень", Purpose: "Дамовіцца, чым дапаможам адно аднаму ўвосень.", Topic: "Маскі і дэзінфекцыя", Second: "Хто што перадае",
		Note: "У вобласці засталося 400 масак.\n\n- хопіць на тры тыдні\n- валанцёры гатовыя развозіць", Decision: "Да верасня абодва бакі лічаць запасы аднолькава.",
		Action: "Даслаць спіс запасаў", Progress: "Спіс гатовы, засталося перакласці.", Reservation: "Лічбы па Мінску ўдакладнім.",
	},
	locale.Danish: {
		Title: "Lager til efteråret", Purpose: "Aftale, hvordan vi hjælper hinanden til efteråret.", Topic: "Mundbind og håndsprit", Second: "Hvem giver hvad",
		Note: "Køge har mundbind til seks uger.\n\n- vi kan dele\n- transporten mangler", Decision: "Begge sider opgør lageret på samme måde fra september.",
		Action: "Finde en vognmand", Progress: "To tilbud er kommet.", Reservation: "Tallene for Køge er foreløbige.",
	},
	locale.English: {
		Title: "Supplies for the autumn", Purpose: "Agree how we help each other in the autumn.", Topic: "Masks and disinfectant", Second: "Who gives what",
		Note: "Køge has masks for six weeks.\n\n- we can share\n- transport is missing", Decision: "From September both sides count supplies in the same way.",
		Action: "Find a haulier", Progress: "Two offers have come in.", Reservation: "The figures for Køge are provisional.",
	},
}

// Types is what this person writes.
func (p *Person) Types() typed { return texts[p.Language()] }
